package neo4jtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Version is the server that the tests run against: the long-term release that is documented.
const Version = "5.26.16"

// java finds Java 17 or later, and says what is missing where there is none.
func java() (string, error) {
	if home := os.Getenv("JAVA_HOME"); home != "" {
		if path := filepath.Join(home, "bin", "java"); executable(path) {
			return path, nil
		}
	}
	path, err := exec.LookPath("java")
	if err != nil {
		return "", fmt.Errorf("there is no Java: install a runtime of version 17 or later, or name one by JAVA_HOME")
	}
	return path, nil
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&0o111 != 0 || err == nil && runtime.GOOS == "windows"
}

// Jars gives the folder that holds the server's jars, and fetches them with Maven where they are not there yet. They are kept
// in the user's cache. A folder is complete or not there at all: it is filled under another name first.
func Jars() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "entente", "neo4j-"+Version)
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", fmt.Errorf("Neo4j's jars are not there, nor Maven to fetch them: install maven")
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "fetching-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "pom.xml"), []byte(fmt.Sprintf(pom, Version)), 0o644); err != nil {
		return "", err
	}
	fetch := exec.Command(mvn, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=jars")
	fetch.Dir = work
	if said, err := fetch.CombinedOutput(); err != nil {
		return "", fmt.Errorf("maven could not fetch Neo4j's jars: %w\n%s", err, said)
	}
	if err := os.Rename(filepath.Join(work, "jars"), dir); err != nil {
		if _, there := os.Stat(dir); there == nil {
			return dir, nil // another process was faster
		}
		return "", err
	}
	return dir, nil
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.entente</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>%s</version></dependency></dependencies>
</project>
`
