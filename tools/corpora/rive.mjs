// Writes a Rive file: an artboard of 320x180 with a magenta square and one linear animation of a second, 40 to 280.
// Objects are a type and pairs of a property's key and value; the numbers are those of Rive's file format, version 7.
import { writeFileSync } from "node:fs";

const bytes = [];
const uint = value => { do { bytes.push((value & 127) | (value > 127 ? 128 : 0)); value >>>= 7; } while (value > 0); };
const float = value => bytes.push(...new Uint8Array(new Float32Array([value]).buffer));
const color = value => bytes.push(...new Uint8Array(new Uint32Array([value]).buffer));
const text = value => { uint(value.length); bytes.push(...Buffer.from(value)); };
const object = (type, ...properties) => { uint(type); for (const [key, write, value] of properties) { uint(key); write(value); } uint(0); };

bytes.push(...Buffer.from("RIVE"));
uint(7), uint(0), uint(1), uint(0);
object(23); // the backboard
object(1, [4, text, "marker"], [7, float, 320], [8, float, 180]);
object(3, [5, uint, 0], [13, float, 40], [14, float, 90]); // object 1: a shape
object(7, [5, uint, 1], [20, float, 20], [21, float, 20]);
object(20, [5, uint, 1]);
object(18, [5, uint, 3], [37, color, 0xffff00ff]);
object(31, [55, text, "move"], [56, uint, 60], [57, uint, 60], [59, uint, 0]);
object(25, [51, uint, 1]);
object(26, [53, uint, 13]);
object(30, [67, uint, 0], [68, uint, 1], [70, float, 40]);
object(30, [67, uint, 60], [68, uint, 1], [70, float, 280]);
writeFileSync(process.argv[2], new Uint8Array(bytes));
