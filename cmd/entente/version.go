package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

const versionUsage = `usage: entente version
`

func version(_ context.Context, p *program, args []string) error {
	if args, err := parse(flags("version"), args); err != nil {
		return err
	} else if len(args) > 0 {
		return usageError("it takes no arguments")
	}
	fmt.Fprintf(p.stdout, "%s, %s, %s/%s\n", buildName(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// buildName names the build by what the go command wrote into it: a tag, or the commit and its day. `go run` and builds
// outside a repository have no more than (devel).
func buildName() string { return "Entente " + buildVersion() }

func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
