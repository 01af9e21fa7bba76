// stack: three.js: its WebGPU renderer, which falls back to WebGL, with materials of nodes
// marker: x = 40 + 240 * t
import * as THREE from "three/webgpu";
import { color, sin, time } from "three/tsl";

const renderer = new THREE.WebGPURenderer();
await renderer.init();
renderer.setSize(320, 180);
document.querySelector("#app").append(renderer.domElement);
const scene = new THREE.Scene();
const camera = new THREE.OrthographicCamera(0, 320, 0, -180, -100, 100);
const box = new THREE.Mesh(new THREE.PlaneGeometry(20, 20), new THREE.MeshBasicNodeMaterial({ color: "#f0f" }));
const other = new THREE.Mesh(new THREE.SphereGeometry(30), new THREE.MeshBasicNodeMaterial());
other.material.colorNode = color("#4f8").mul(sin(time.mul(6)).mul(0.3).add(0.5));
other.position.set(160, -140, 0);
scene.add(box, other);
renderer.setAnimationLoop(now => {
  box.position.set(40 + 240 * Math.min(1, now / 1000), -90, 0);
  renderer.render(scene, camera);
});
