import { rollup } from 'rollup';

const json = {
  name: 'json',
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
};

const bundle = await rollup({
  input: { index: 'src/index.js', testing: 'src/testing.js' },
  external: ['fastest-levenshtein'],
  plugins: [json],
});
await bundle.write({ dir: 'dist', format: 'esm', sourcemap: true });
