//go:build !linux || !(amd64 || arm64)

package sqlitestore

import "errors"

func failSyncs() error { return errors.New("this system lets no sync fail") }
