// How npm tonal reads chord symbols, or with "detect" names notes ("C E G"): one a line in, one
// JSON value a line out.
// Its modules name an entry file that the package lacks, so the browser bundle is loaded.
import fs from "node:fs";
import vm from "node:vm";

const bundle = new URL("./node_modules/tonal/browser/tonal.min.js", import.meta.url);
const context = vm.createContext({});
vm.runInContext(fs.readFileSync(bundle, "utf8"), context);
const { Chord, Note } = context.Tonal;

for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  if (process.argv[2] === "detect") {
    console.log(JSON.stringify(Chord.detect(line.split(" "))));
    continue;
  }
  const chord = Chord.get(line);
  const read = !chord.empty && chord.tonic;
  const pitches = read ? chord.notes.map((name) => Note.chroma(name)) : [];
  const root = read ? Note.chroma(chord.tonic) : null;
  const bass = read ? (chord.bass ? Note.chroma(chord.bass) : root) : null;
  console.log(JSON.stringify({ pitches, root, bass }));
}
