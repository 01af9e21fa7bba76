// stack: Solid by Vite: signals and animation frames
// vite: solid
// marker: x = 40 + 240 * t
import { createSignal, For, onMount } from "solid-js";
import { render } from "solid-js/web";

function App() {
    const [x, setX] = createSignal(40),
        [words, setWords] = createSignal([]);
    onMount(() => {
        const start = performance.now();
        requestAnimationFrame(function step(now) {
            setX(40 + 0.24 * Math.min(1000, now - start));
            requestAnimationFrame(step);
        });
        setInterval(() => setWords([...words(), words().length]), 200);
    });
    return (
        <>
            <b id="marker" style={{ left: `${x() - 10}px` }} />
            <For each={words()}>{n => <p>word {n}</p>}</For>
        </>
    );
}
render(() => <App />, document.querySelector("#app"));
