// stack: troika-three-text without React
// copy: assets/sans.woff as sans.woff
// marker: x = 40 + 240 * t
import * as THREE from "three";
import { Text } from "troika-three-text";

const renderer = new THREE.WebGLRenderer();
renderer.setSize(320, 180);
document.querySelector("#app").append(renderer.domElement);
const scene = new THREE.Scene(),
  camera = new THREE.OrthographicCamera(0, 320, 0, -180, -100, 100),
  text = new Text();
Object.assign(text, { text: "\u2014", font: "sans.woff", fontSize: 60, color: "#f0f", anchorX: "center", anchorY: "middle" });
scene.add(text);
text.sync();
renderer.setAnimationLoop(time => {
  text.position.set(40 + 240 * Math.min(1, time / 1000), -90, 0);
  renderer.render(scene, camera);
});
