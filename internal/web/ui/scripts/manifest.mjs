// node manifest.mjs UI DIST: writes DIST/MANIFEST.json, the SHA-256 of every source below UI and of every file below DIST.
// web_test.go recomputes both, so that neither a source nor the built files can change alone.
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';

const [ui, dist] = process.argv.slice(2);

function sums(root, included) {
  const files = readdirSync(root, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .filter(included)
    .sort();
  return Object.fromEntries(
    files.map(name => [name, createHash('sha256').update(readFileSync(join(root, name))).digest('hex')]),
  );
}

const manifest = {
  // Documentation and installed packages are not sources; the lockfile, which is, names the packages.
  inputs: sums(ui, name => !name.endsWith('.md') && !name.split('/').includes('node_modules')),
  outputs: sums(dist, name => name !== 'MANIFEST.json'),
};
writeFileSync(join(dist, 'MANIFEST.json'), JSON.stringify(manifest, null, 2) + '\n');
