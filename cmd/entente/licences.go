package main

import (
	"bufio"
	"context"
	"errors"
	"runtime/debug"

	"github.com/ententegraph/entente/internal/licences"
	"github.com/ententegraph/entente/internal/web"
)

const licencesUsage = `usage: entente licences [--sbom]

Prints the licences of all that is in this program: the Go modules that it is built from and the npm packages of its pages.

  --sbom   print what it is made of instead, with versions and licences, as CycloneDX in JSON
`

func showLicences(_ context.Context, p *program, args []string) error {
	f := flags("licences")
	sbom := f.Bool("sbom", false, "")
	if args, err := parse(f, args); err != nil {
		return err
	} else if len(args) > 0 {
		return usageError("it takes no arguments")
	}
	out := bufio.NewWriter(p.stdout)
	if *sbom {
		build, ok := debug.ReadBuildInfo()
		if !ok {
			return errors.New("this program does not say what it was built from")
		}
		if err := licences.WriteSBOM(out, build, licences.Packages(web.Licences())); err != nil {
			return err
		}
	} else if err := licences.Write(out, web.Licences()); err != nil {
		return err
	}
	return out.Flush()
}
