package sqlitestore

import (
	"errors"
	"os"
	"time"
)

var fileTooLarge = os.Interrupt

func limitFiles(uint64) error { return errors.New("Windows has no such limit") }

func cpuTime() time.Duration { return 0 }
