/** A list of so many lines; a part of the page stacks/react.jsx that is loaded later. */
export default function List({ count, pending }) {
  return <ul style={{ opacity: pending ? 0.5 : 1 }}>{Array.from({ length: count }, (_, i) => <li key={i}>line {i}</li>)}</ul>;
}
