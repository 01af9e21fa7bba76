// HyperFrames' distributed rendering for farm.sh: plans a project, or renders one chunk of a plan as its worker would.
//   node hyperframes-chunk.mjs DIR plan PROJECT PLAN FRAMES-OF-A-CHUNK CHUNKS   prints the number of chunks
//   node hyperframes-chunk.mjs DIR chunk PLAN INDEX FILE
// DIR: where `npm i @hyperframes/producer` was run.
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [directory, call, ...rest] = process.argv.slice(2);
const { plan, renderChunk } = await import(pathToFileURL(resolve(directory, "node_modules/@hyperframes/producer/dist/distributed.js")));
if (call === "plan") {
  const [project, planned, chunkSize, maxParallelChunks] = rest;
  const config = {
    fps: 30, width: 1280, height: 720, format: "mp4", quality: "draft", crf: 18, rejectOnSystemFonts: false,
    chunkSize: Number(chunkSize), maxParallelChunks: Number(maxParallelChunks),
  };
  const { chunkCount } = await plan(resolve(project), config, resolve(planned));
  console.log(chunkCount);
} else {
  const [planned, index, file] = rest;
  await renderChunk(resolve(planned), Number(index), resolve(file));
}
process.exit(0); // what HyperFrames leaves open would keep the process
