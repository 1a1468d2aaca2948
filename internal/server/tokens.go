package server

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Role is what the bearer of a token may do.
type Role string

const (
	// Reader asks queries.
	Reader Role = "reader"
	// Writer may change the graph as well, once the schema has mutations.
	Writer Role = "writer"
)

// Token is a line of a tokens file: NAME ROLE HASH EXPIRES. Its hash is the SHA-256 of the token as it is sent, in hexadecimal.
//
// A password needs a slow hash, since people choose few of them, which can all be tried. A token is 256 bits of chance: trying
// them has no end however fast each try is, and a slow hash would only make each request slow.
type Token struct {
	Name    string
	Role    Role
	Expires time.Time // the first moment at which it counts no more
	hash    [sha256.Size]byte
}

// String is the line.
func (t Token) String() string {
	return fmt.Sprintf("%s %s %x %s", t.Name, t.Role, t.hash, t.Expires.AddDate(0, 0, -1).Format(time.DateOnly))
}

// tokenPrefix is how tokens begin, so that they are known as such where they should not be, as in a repository.
const tokenPrefix = "entente_"

// NewToken makes a token that counts until a day has passed, in UTC, and its secret, which nobody else will ever know. The errors say
// what would be right.
func NewToken(name, role, expires string) (t Token, secret string, err error) {
	if t, err = parseToken(name, role, strings.Repeat("0", 2*sha256.Size), expires); err != nil {
		return t, "", err
	}
	var chance [32]byte
	_, _ = rand.Read(chance[:]) // it never fails
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(chance[:])
	t.hash = sha256.Sum256([]byte(secret))
	return t, secret, nil
}

var tokenName = regexp.MustCompile(`^[\p{L}\p{N}._@-]{1,60}$`)

// parseToken reads the parts of a line. No error repeats the hash: somebody may have put the token itself there.
func parseToken(name, role, hash, expires string) (Token, error) {
	t := Token{Name: name, Role: Role(role)}
	if !tokenName.MatchString(name) {
		return t, fmt.Errorf("the name %q is not right: write up to 60 letters, digits, or any of . _ @ -", cut(name, quotedBytes))
	}
	if t.Role != Reader && t.Role != Writer {
		return t, fmt.Errorf("there is no role %q: write %s or %s", cut(role, quotedBytes), Reader, Writer)
	}
	sum, err := hex.DecodeString(hash)
	if err != nil || len(sum) != sha256.Size {
		return t, fmt.Errorf("the hash of %s is not 64 hexadecimal digits: take the line that entente token prints", name)
	}
	copy(t.hash[:], sum)
	day, err := time.Parse(time.DateOnly, expires)
	if err != nil {
		return t, fmt.Errorf("%q is not the last day on which the token of %s counts: write it as 2027-01-31", cut(expires, quotedBytes), name)
	}
	t.Expires = day.AddDate(0, 0, 1)
	return t, nil
}

// ReadTokens reads the text of a tokens file. Empty lines, and those that begin with #, say nothing.
func ReadTokens(text []byte) ([]Token, error) {
	var all []Token
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Fields(line)
		if len(parts) != 4 {
			return nil, fmt.Errorf("line %d has %d words, a token has 4: its name, role, hash and last day", n, len(parts))
		}
		t, err := parseToken(parts[0], parts[1], parts[2], parts[3])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		all = append(all, t)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// lookAgain is how long the tokens of a file count before the file is looked at again.
const lookAgain = time.Second

// Tokens are those of a file. It is read again soon after it has changed, so that a token that is taken out of it counts no more. As
// long as a changed file can't be read, or is not right, what it said before counts, and the log says so.
type Tokens struct {
	path string
	log  *slog.Logger
	now  func() time.Time

	mu     sync.Mutex
	tokens []Token
	read   os.FileInfo // the file as it was read
	looked time.Time
}

// OpenTokens reads a tokens file, which has to be right and to hold a token. The log may be nil; now may be nil, which is time.Now.
func OpenTokens(path string, log *slog.Logger, now func() time.Time) (*Tokens, error) {
	t := &Tokens{path: path, log: cmp.Or(log, slog.New(slog.DiscardHandler)), now: now}
	if now == nil {
		t.now = time.Now
	}
	if err := t.load(); err != nil {
		return nil, err
	}
	if len(t.tokens) == 0 {
		return nil, fmt.Errorf("%s holds no token: make one by entente token NAME, and put its line there", path)
	}
	t.looked = t.now()
	return t, nil
}

func (t *Tokens) load() error {
	info, err := os.Stat(t.path) // before it is read: a later change is seen then
	if err != nil {
		return err
	}
	if t.read != nil && os.SameFile(info, t.read) && info.ModTime().Equal(t.read.ModTime()) && info.Size() == t.read.Size() {
		return nil
	}
	text, err := os.ReadFile(t.path)
	if err != nil {
		return err
	}
	t.read = info // also where it is not right: it is complained of once
	tokens, err := ReadTokens(text)
	if err != nil {
		return fmt.Errorf("%s: %w", t.path, err)
	}
	t.tokens = tokens
	return nil
}

// current gives the tokens that count now.
func (t *Tokens) current() []Token {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.now(); now.Sub(t.looked) >= lookAgain {
		t.looked = now
		if err := t.load(); err != nil {
			t.log.Error("the tokens file can't be read again; what it said before counts", "error", err)
		} else if len(t.tokens) == 0 {
			t.log.Warn("the tokens file holds no token: nobody may ask", "file", t.path)
		}
	}
	return t.tokens
}

// find gives the token that a secret is of. It takes as long whichever it is, and if it is none: what is compared are hashes, each
// in constant time and all of them.
func (t *Tokens) find(secret string) (Token, bool) {
	sum := sha256.Sum256([]byte(secret))
	var found Token
	ok := false
	for _, token := range t.current() {
		if subtle.ConstantTimeCompare(sum[:], token.hash[:]) == 1 {
			found, ok = token, true
		}
	}
	return found, ok
}
