package neo4jtest

import (
	"os/exec"
	"runtime"
	"syscall"
)

// run starts a process and closes done when it has ended. It lets no server outlive a test binary that is killed: Linux ends
// the process with the thread that started it, so that this thread waits for it and does nothing else.
func run(cmd *exec.Cmd, done chan<- struct{}) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
			close(done)
		}
	}()
	return <-started
}
