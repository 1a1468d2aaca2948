package sqlitestore

import (
	"errors"
	"os"
)

var fileTooLarge = os.Interrupt

func limitFiles(uint64) error { return errors.New("Windows has no such limit") }
