package sshdial_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshdial"
)

func TestWrongKeyIsToldWithWhatWasOffered(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	wrong := newKey(t)
	h.save("id_ed25519", wrong, "")
	fails(t, settings, sshdial.StageAuthenticate, "does not let me in", "it takes publickey", wrong.fingerprint(), h.path("id_ed25519"))
}

func TestNoKeyIsTold(t *testing.T) {
	h := newHome(t)
	settings := h.meet(newServer(t, nil), "IdentityFile ~/.ssh/missing\nCertificateFile ~/.ssh/no-cert")
	fails(t, settings, sshdial.StageAuthenticate, "no key to offer", h.path("missing"), h.path("no-cert"))
}

func TestNamedKeysAreTriedInTheirOrder(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "IdentityFile ~/.ssh/first\nIdentityFile %d/.ssh/%r-%h\n")
	wrong := newKey(t)
	h.save("first", wrong, "")
	h.save("me-127.0.0.1", s.user, "")
	works(t, settings)
	h.save("me-127.0.0.1", newKey(t), "")
	err := fails(t, settings, sshdial.StageAuthenticate)
	if first, second, _ := strings.Cut(err.Error(), ", ssh-ed25519"); !strings.Contains(first, wrong.fingerprint()) || second == "" {
		t.Errorf("error %v", err)
	}
}

func TestKeyThatOthersCanReadIsNotUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are of another kind there")
	}
	h := newHome(t)
	settings := h.meet(newServer(t, nil), "")
	if err := os.Chmod(h.path("id_ed25519"), 0o644); err != nil {
		t.Fatal(err)
	}
	fails(t, settings, sshdial.StageAuthenticate, "chmod 600", h.path("id_ed25519"))
}

func TestFileThatIsNoKeyDoesNotHideOthers(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "IdentityFile ~/.ssh/config\nIdentityFile ~/.ssh\nIdentityFile ~/.ssh/id_ed25519")
	works(t, settings)
	h.save("id_ed25519", newKey(t), "")
	fails(t, settings, sshdial.StageAuthenticate, "config holds no private key", ".ssh is not a regular file")
}

func TestEncryptedKeyWithoutAPersonIsTold(t *testing.T) {
	for _, config := range []string{"", "BatchMode yes"} {
		s, h := newServer(t, nil), newHome(t)
		settings := h.meet(s, config)
		h.save("id_ed25519", s.user, "secret")
		if config != "" {
			settings.Prompt = answer(t, "secret")
		}
		fails(t, settings, sshdial.StageAuthenticate, h.path("id_ed25519")+" is encrypted", "ssh-add")
	}
}

// answer gives a person with one answer to every question.
func answer(t testing.TB, text string) sshauth.Person {
	return func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
		t.Logf("asked %+v", p)
		return slices.Repeat([]string{text}, len(p.Questions)), nil
	}
}

func TestEncryptedKeyIsOpenedByItsPassphrase(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	h.save("id_ed25519", s.user, "secret")
	var asked []*sshauth.Prompt
	settings.Prompt = func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
		asked = append(asked, p)
		return []string{[]string{"wrong", "secret"}[len(asked)-1]}, nil
	}
	works(t, settings)
	if len(asked) != 2 || asked[0].Kind != sshauth.Passphrase || !strings.Contains(asked[0].Questions[0].Text, h.path("id_ed25519")) || asked[1].Text == "" {
		t.Errorf("asked %+v", asked)
	}
}

func TestPassphraseIsAskedForOnlyWhenTheKeyIsWanted(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "IdentityFile ~/.ssh/other\nIdentityFile ~/.ssh/id_ed25519")
	h.save("other", newKey(t), "secret")
	settings.Prompt = func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
		t.Errorf("asked %+v", p)
		return nil, errors.New("no")
	}
	works(t, settings)
}

func TestPassphraseThatIsNeverRightIsTold(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	h.save("id_ed25519", s.user, "secret")
	settings.Prompt = answer(t, "wrong")
	fails(t, settings, sshdial.StageAuthenticate, "none of 3 passphrases", h.path("id_ed25519"))
}

// takesPassword makes a server one that wants a password, and knows no keys.
func takesPassword(s *server) {
	s.config.PublicKeyCallback = nil
	s.config.PasswordCallback = func(_ ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
		if string(password) == "secret" {
			return nil, nil
		}
		return nil, errors.New("wrong")
	}
}

func TestPasswordIsAskedOfAPersonOnly(t *testing.T) {
	s, h := newServer(t, takesPassword), newHome(t)
	settings := h.meet(s, "")
	fails(t, settings, sshdial.StageAuthenticate, "it takes password", "nobody can be asked")
	settings.Prompt = answer(t, "secret")
	works(t, settings)
	settings.Prompt = answer(t, "guess")
	err := fails(t, settings, sshdial.StageAuthenticate, "it takes password")
	if strings.Contains(err.Error(), "guess") {
		t.Errorf("the password stands in the error: %v", err)
	}
	fails(t, h.meet(s, "PasswordAuthentication no"), sshdial.StageAuthenticate)
}

func TestQuestionsOfTheServerReachThePerson(t *testing.T) {
	s := newServer(t, func(s *server) {
		s.config.PublicKeyCallback = nil
		s.config.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			answers, err := ask("", "Two things.", []string{"Colour? ", "Code: "}, []bool{true, false})
			if err != nil || !slices.Equal(answers, []string{"red", "123"}) {
				return nil, errors.New("wrong")
			}
			_, err = ask("", "Good.", nil, nil) // as PAM does
			return nil, err
		}
	})
	h := newHome(t)
	settings := h.meet(s, "")
	fails(t, settings, sshdial.StageAuthenticate, "keyboard-interactive", "nobody can be asked")
	settings.Prompt = func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
		want := []sshauth.Question{{Text: "Colour? ", Echo: true}, {Text: "Code: "}}
		if p.Kind != sshauth.Questions || p.Text != "Two things." || !slices.Equal(p.Questions, want) || !strings.HasPrefix(p.Host, "me@") {
			t.Errorf("asked %+v", p)
		}
		return []string{"red", "123"}, nil
	}
	works(t, settings)
}

func TestPersonWhoGivesUpIsNotAskedAgain(t *testing.T) {
	s := newServer(t, func(s *server) {
		takesPassword(s)
		s.config.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			_, err := ask("", "", []string{"?"}, []bool{true})
			return nil, err
		}
	})
	h := newHome(t)
	settings := h.meet(s, "")
	asked, enough := 0, errors.New("enough")
	settings.Prompt = func(context.Context, *sshauth.Prompt) ([]string, error) {
		asked++
		return nil, enough
	}
	if err := fails(t, settings, sshdial.StageAuthenticate); !errors.Is(err, enough) || asked != 1 || strings.Contains(err.Error(), "does not let") {
		t.Errorf("asked %d times: %v", asked, err)
	}
	settings.Prompt = func(context.Context, *sshauth.Prompt) ([]string, error) { return nil, nil }
	fails(t, settings, sshdial.StageAuthenticate, "0 answers to 1 questions")
}

func TestTwoMethodsOneAfterTheOther(t *testing.T) {
	s := newServer(t, func(s *server) {
		right := s.config.PublicKeyCallback
		s.config.PublicKeyCallback = func(meta ssh.ConnMetadata, offered ssh.PublicKey) (*ssh.Permissions, error) {
			if _, err := right(meta, offered); err != nil {
				return nil, err
			}
			return nil, &ssh.PartialSuccessError{Next: ssh.ServerAuthCallbacks{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) { return nil, nil }}}
		}
	})
	h := newHome(t)
	settings := h.meet(s, "")
	settings.Prompt = answer(t, "x")
	works(t, settings)
}

func TestUserCertificateIsOffered(t *testing.T) {
	authority := newKey(t)
	s := newServer(t, func(s *server) {
		checker := &ssh.CertChecker{IsUserAuthority: func(key ssh.PublicKey) bool {
			return string(key.Marshal()) == string(authority.PublicKey().Marshal())
		}}
		s.config.PublicKeyCallback = checker.Authenticate
	})
	cert := string(ssh.MarshalAuthorizedKey(authority.certify(t, s.user, ssh.UserCert, "me")))
	for name, config := range map[string]string{"id_ed25519-cert.pub": "", "other": "CertificateFile ~/.ssh/other"} {
		h := newHome(t)
		settings := h.meet(s, config)
		fails(t, settings, sshdial.StageAuthenticate)
		h.write(name, cert)
		works(t, settings)
		h.save("id_ed25519", s.user, "secret")
		settings.Prompt = answer(t, "secret")
		works(t, settings)
		h.save("id_ed25519", newKey(t), "")
		fails(t, settings, sshdial.StageAuthenticate, "no key for the certificate "+h.path(name))
	}
}

// An agentServer holds keys in this process.
type agentServer struct {
	agent.Agent
	path string
	work sync.WaitGroup
}

func newAgent(t testing.TB, keys ...key) *agentServer {
	t.Helper()
	a := &agentServer{Agent: agent.NewKeyring(), path: filepath.Join(t.TempDir(), "agent")}
	for _, k := range keys {
		if err := a.Add(agent.AddedKey{PrivateKey: k.raw}); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := net.Listen("unix", a.path)
	if err != nil {
		t.Fatal(err)
	}
	a.work.Go(func() { // ends with the listener
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			a.work.Go(func() { // ends when the other side lets go
				agent.ServeAgent(a, conn)
				conn.Close()
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		a.work.Wait()
	})
	return a
}

// use makes settings that know the agent.
func (a *agentServer) use(settings *sshdial.Settings) *sshdial.Settings {
	settings.Getenv = func(name string) string {
		return map[string]string{"SSH_AUTH_SOCK": a.path}[name]
	}
	return settings
}

func TestAgentHasTheKeyAndIsLetGo(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	a := newAgent(t, newKey(t), s.user)
	settings := a.use(h.meet(s, ""))
	os.Remove(h.path("id_ed25519"))
	open(t, settings)
	fails(t, h.settings(s.destination(), "IdentityAgent none"), sshdial.StageAuthenticate)
}

func TestOnlyNamedKeysOfTheAgentAreOffered(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	other := newKey(t)
	a := newAgent(t, other, s.user)
	settings := a.use(h.meet(s, "IdentitiesOnly yes\nIdentityFile ~/.ssh/mine"))
	err := fails(t, settings, sshdial.StageAuthenticate)
	if strings.Contains(err.Error(), "SHA256") {
		t.Errorf("more was offered: %v", err)
	}
	for _, name := range []string{"mine", "mine.pub"} { // the public half says which
		h.write(name, s.user.line())
		works(t, settings)
		os.Remove(h.path(name))
	}
}

func TestEncryptedKeyInTheAgentNeedsNoPassphrase(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := newAgent(t, s.user).use(h.meet(s, "IdentitiesOnly yes"))
	h.save("id_ed25519", s.user, "secret")
	works(t, settings)
}

func TestAgentThatIsGoneIsToldAndFilesAreTried(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	gone := &agentServer{path: filepath.Join(h.dir, "gone")}
	settings := gone.use(h.meet(s, ""))
	works(t, settings)
	h.save("id_ed25519", newKey(t), "")
	fails(t, settings, sshdial.StageAuthenticate, "the agent at "+gone.path+" does not answer", "SSH_AUTH_SOCK")
}

// A server can ask for the agent. It gets none.
func TestAgentIsNotForwarded(t *testing.T) {
	refused := make(chan error, 1)
	s := newServer(t, nil)
	curious := &server{t: t, user: s.user, host: s.host, accepted: make(chan net.Conn, 1)}
	curious.listen(func(conn net.Conn) {
		defer conn.Close()
		inner, _, requests, err := ssh.NewServerConn(conn, s.config)
		if err != nil {
			return
		}
		curious.work.Go(func() { ssh.DiscardRequests(requests) })
		_, _, err = inner.OpenChannel("auth-agent@openssh.com", nil)
		refused <- err
		inner.Wait()
	})
	h := newHome(t)
	open(t, newAgent(t, s.user).use(h.meet(curious, "ForwardAgent yes")))
	if err := <-refused; err == nil {
		t.Error("the server has the agent")
	}
}
