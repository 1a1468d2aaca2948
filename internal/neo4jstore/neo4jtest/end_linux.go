package neo4jtest

import (
	"os/exec"
	"syscall"
)

// endWithParent lets no server outlive a test binary that is killed.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
