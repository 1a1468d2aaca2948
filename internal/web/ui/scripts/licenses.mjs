// node licenses.mjs OUT FOLDER...: writes to OUT the licences of all packages that the bundles of these folders are built
// from, each text once under the names of its packages. Fails on a package whose licence it cannot find.
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [out, ...folders] = process.argv.slice(2);

const read = file => readFileSync(file, 'utf8').replace(/\r\n?/g, '\n').trim();

// Only what the lockfile does not mark as needed for the build alone: that is never shipped.
function shippedPackages(folder) {
  const {packages} = JSON.parse(read(join(folder, 'package-lock.json')));
  return Object.entries(packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional)
    .map(([path]) => join(folder, path))
    .filter(existsSync)
    .map(dir => ({dir, ...JSON.parse(read(join(dir, 'package.json')))}));
}

const noticeFile = /^(licen[cs]e|copying|notice|third-?party-?notices)/i;

function texts({dir}) {
  return readdirSync(dir).filter(name => noticeFile.test(name)).sort().map(name => read(join(dir, name)));
}

const repository = ({repository: r}) =>
  (r?.url ?? r ?? '')
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
    // React's repository moved; packages published before name the old place.
    .replace('github.com/facebook/react', 'github.com/react/react');

// Some packages name their licence without bringing its text. Then it is that of a sister from the same repository, or
// the one text that MIT stands for, with the author's name.
function borrowed(pkg, all) {
  const sister = all.find(other => repository(other) === repository(pkg) && other.license === pkg.license && texts(other).length > 0);
  if (sister) return texts(sister).slice(0, 1);
  const author = pkg.author?.name ?? pkg.author;
  if (pkg.license === 'MIT' && author) return [mit(author)];
  throw new Error(`${pkg.name} ${pkg.version}: no licence text for ${pkg.license}`);
}

const mit = author => `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const all = folders.flatMap(shippedPackages);
const holders = new Map();
for (const pkg of all) {
  const own = texts(pkg);
  for (const text of own.length > 0 ? own : borrowed(pkg, all)) {
    if (!holders.has(text)) holders.set(text, new Set());
    holders.get(text).add(`${pkg.name} ${pkg.version} (${pkg.license})`);
  }
}

const rule = '='.repeat(80);
const parts = ['The pages that this program serves are built from the packages below.\n'];
for (const [text, names] of holders) {
  parts.push(`${rule}\n${[...names].sort().join('\n')}\n${rule}\n\n${text}\n`);
}
writeFileSync(out, parts.join('\n'));
