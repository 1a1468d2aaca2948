package kg

// foldLetters are the letters that Unicode does not decompose although readers
// without the key write another for them, lower case only, as it is used after
// case folding. Where languages differ, the more common reading in names of
// places is taken: in GeoNames' spellings of one place beside each other, ə is
// somewhat more often a than e.
var foldLetters = map[rune]string{
	// European languages
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ŧ': "t",
	'ȷ': "j", 'ĸ': "q", 'ǥ': "g", 'ʒ': "z", 'ȥ': "z", 'ƶ': "z", 'ƿ': "w", 'ȝ': "y",
	'ꞑ': "n", 'ꞡ': "g", 'ꞣ': "k", 'ꞥ': "n", 'ꞧ': "r", 'ꞩ': "s", // Latvian before 1921, Turkic before 1940
	'ə': "a", // Azerbaijani; ǝ is its look-alike from African languages
	'ǝ': "a",

	// African and American languages
	'ɓ': "b", 'ƀ': "b", 'ƈ': "c", 'ȼ': "c", 'ɖ': "d", 'ɗ': "d", 'ɛ': "e", 'ɇ': "e", 'ƒ': "f", 'ɠ': "g", 'ɣ': "g", 'ɦ': "h", 'ⱨ': "h",
	'ɨ': "i", 'ɩ': "i", 'ɉ': "j", 'ƙ': "k", 'ⱪ': "k", 'ꝁ': "k", 'ƚ': "l", 'ɫ': "l", 'ⱡ': "l", 'ɲ': "n", 'ƞ': "n", 'ɔ': "o", 'ɵ': "o",
	'ƥ': "p", 'ɍ': "r", 'ʃ': "s", 'ƭ': "t", 'ʈ': "t", 'ⱦ': "t", 'ʉ': "u", 'ʊ': "u", 'ʋ': "v", 'ƴ': "y", 'ɏ': "y", 'ⱬ': "z", 'ⱥ': "a",

	// Arabic: Persian and Urdu keyboards give other code points for the same letters
	'ی': "ي", 'ى': "ي", 'ک': "ك",
}
