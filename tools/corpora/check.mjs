// What the frames of a video show: `node check.mjs VIDEO PAGE RATE [WIDTH HEIGHT]` prints one line of JSON. The head of a page says where
// its marker is:
//   marker: x = 40 + 240 * t     x: the middle of all that is magenta, in pixels; or right, width, y; t: seconds, from 0 to 1; s: seconds
// The time that fits the frames best is searched for, because a library may count from its own first tick.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [video, page, rate, width = 320, height = 180] = process.argv.slice(2).map(word => Number(word) || word);
const size = width * height * 3;
const frames = execFileSync("ffmpeg", ["-v", "error", "-i", video, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], { maxBuffer: 2 ** 31 });
const count = frames.length / size;
const [, kind, formula] = page === "-" ? [] : readFileSync(page, "utf8").match(/marker: (\w+) = (.*?)(?: -->)?$/m) ?? [];
const place = kind && new Function("t", "s", `with (Math) return ${formula}`);
const at = seconds => place(Math.min(1, Math.max(0, seconds)), Math.max(0, seconds));

function markerOf(frame) {
  let left = width, right = -1, top = height, bottom = -1;
  for (let y = 0, i = frame * size; y < height; y++)
    for (let x = 0; x < width; x++, i += 3)
      if (frames[i] > 200 && frames[i + 1] < 90 && frames[i + 2] > 200) {
        left = Math.min(left, x), right = Math.max(right, x + 1), top = Math.min(top, y), bottom = Math.max(bottom, y + 1);
      }
  return right < 0 ? undefined : { x: (left + right) / 2, right, width: right - left, y: (top + bottom) / 2 }[kind ?? "x"];
}

const frame = n => frames.subarray(n * size, (n + 1) * size);
const isBlank = n => { // one colour
  const pixels = frame(n);
  for (let i = 3; i < size; i++) if (pixels[i] !== pixels[i - 3]) return false;
  return true;
};
const numbers = [...Array(count).keys()];
const seen = numbers.map(markerOf);
const blank = numbers.filter(isBlank), missing = place ? numbers.filter(n => seen[n] === undefined) : [];
const changes = numbers.filter(n => n > 0 && !frame(n).equals(frame(n - 1))).length;
const off = shift => Math.max(...numbers.filter(n => seen[n] !== undefined).map(n => Math.abs(seen[n] - at((n + shift) / rate))));
let best = { shift: 0, off: Infinity };
if (place && missing.length < count)
  for (let tenth = -40; tenth <= 20; tenth++) {
    const shift = tenth / 10, found = off(shift);
    if (found < best.off - 0.01 || (found < best.off + 0.01 && Math.abs(shift) < Math.abs(best.shift))) best = { shift, off: found };
  }
console.log(JSON.stringify({
  count, changes, blank, missing, marker: place ? best : null,
  seen: process.env.SEEN ? seen : undefined, expected: process.env.SEEN ? numbers.map(n => place && at(n / rate)) : undefined,
}));
