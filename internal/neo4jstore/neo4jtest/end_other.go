//go:build !linux

package neo4jtest

import "os/exec"

// run starts a process and closes done when it has ended.
func run(cmd *exec.Cmd, done chan<- struct{}) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		cmd.Wait()
		close(done)
	}()
	return nil
}
