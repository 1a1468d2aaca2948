package server

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// addresses finds out who sends a request, behind proxies that are trusted to say so.
type addresses struct{ proxies []netip.Prefix }

// newAddresses reads addresses and networks of proxies, such as 10.0.0.7 or 10.0.0.0/8.
func newAddresses(proxies []string) (addresses, error) {
	var a addresses
	for _, text := range proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			var one netip.Addr
			if one, err = netip.ParseAddr(text); err != nil {
				return a, fmt.Errorf("server: a trusted proxy: %q is neither an address nor a network, such as 10.0.0.7 or 10.0.0.0/8", text)
			}
			prefix = netip.PrefixFrom(one, one.BitLen())
		}
		a.proxies = append(a.proxies, prefix)
	}
	return a, nil
}

func (a addresses) trusted(address netip.Addr) bool {
	for _, p := range a.proxies {
		if p.Contains(address) {
			return true
		}
	}
	return false
}

// unnamedProxy says whether a request seems to come by a proxy that is not trusted. Whoever sends it may pretend so.
func (a addresses) unnamedProxy(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && r.Header.Get("X-Forwarded-For") != "" && !a.trusted(peer.Addr().Unmap())
}

// client names the one who sends a request: its address, and of IPv6 the network of 64 bits, of which anybody has as many addresses as
// they like. Of X-Forwarded-For only that counts which trusted proxies wrote: from the right, up to the first address of another.
func (a addresses) client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return "" // not over a network
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	address = address.Unmap()
	if a.trusted(address) {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(hops) - 1; i >= 0; i-- {
			hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
			if err != nil {
				break // whoever wrote that is not to be trusted with what stands before it
			}
			if address = hop.Unmap(); !a.trusted(address) {
				break
			}
		}
	}
	address = address.WithZone("")
	if address.Is6() {
		network, _ := address.Prefix(64) // which every IPv6 address has
		return network.String()
	}
	return address.String()
}
