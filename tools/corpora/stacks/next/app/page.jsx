import Mover from "./mover.jsx";

// marker: x = 40 + 240 * t
export default function Page() {
    return (
        <main>
            <p>rendered by the server</p>
            <Mover />
        </main>
    );
}
