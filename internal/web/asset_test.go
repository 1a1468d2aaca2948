package web

import "testing"

func TestEveryAssetHasAContentType(t *testing.T) {
	for at, asset := range graphiqlAssets(nil) {
		if asset.contentType == "" {
			t.Errorf("%s: its extension is not in contentTypes", at)
		}
	}
}
