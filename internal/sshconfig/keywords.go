package sshconfig

import "strings"

// honoured are the keywords that have a first value, and that value an effect.
var honoured = words(`hostname user port identitiesonly identityagent proxyjump proxycommand
	connecttimeout serveraliveinterval serveralivecountmax userknownhostsfile globalknownhostsfile
	stricthostkeychecking hostkeyalias hostkeyalgorithms hashknownhosts addressfamily batchmode
	pubkeyauthentication passwordauthentication kbdinteractiveauthentication preferredauthentications
	revokedhostkeys`)

// A level says how much it matters that a keyword has no effect.
type level int

const (
	matters  level = iota // to whom we talk, or whether we can
	minor                 // to how fast or how comfortable it is
	harmless              // to nothing that is done here
)

var passedOver = func() map[string]level {
	levels := map[string]level{}
	for name := range words(`gssapiauthentication gssapidelegatecredentials gssapikeyexchange
		gssapikexalgorithms gssapitrustdns gssapirenewalforcesrekey gssapiclientidentity gssapiserveridentity
		controlmaster hostbasedauthentication usekeychain verifyhostkeydns`) {
		levels[name] = minor
	}
	for name := range words(`addkeystoagent canonicaldomains canonicalizefallbacklocal canonicalizemaxdots
		canonicalizepermittedcnames channeltimeout checkhostip clearallforwardings compression compressionlevel
		connectionattempts controlpath controlpersist dynamicforward enableescapecommandline enablesshkeysign
		escapechar exitonforwardfailure fingerprinthash forkafterauthentication forwardagent forwardx11
		forwardx11timeout forwardx11trusted gatewayports hostbasedacceptedalgorithms ipqos keepalive
		localcommand localforward loglevel logverbose numberofpasswordprompts obscurekeystroketiming
		permitlocalcommand permitremoteopen protocol rekeylimit remoteforward requesttty sendenv sessiontype
		stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility tag tcpkeepalive tunnel tunneldevice
		updatehostkeys useroaming visualhostkey xauthlocation`) {
		levels[name] = harmless
	}
	for name := range words(`bindaddress bindinterface canonicalizehostname casignaturealgorithms ciphers
		kexalgorithms knownhostscommand macs nohostauthenticationforlocalhost pkcs11provider proxyusefdpass
		pubkeyacceptedalgorithms remotecommand requiredrsasize securitykeyprovider setenv smartcarddevice`) {
		levels[name] = matters
	}
	return levels
}()

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}
