/** Compiles the kernels in `assembly/` twice: with exact arithmetic, and with fused multiply-add for `numerics: 'fast'`. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));
mkdirSync(join(here, 'dist'), { recursive: true });

/** The module has no data and no stack of its own, so it can live on the heap of another: see `ARCHITECTURE.md`. */
const options = [
  `--baseDir=${here}`,
  '--runtime=stub',
  '--importMemory',
  '--noExportMemory',
  '--initialMemory=1',
  '--maximumMemory=65536',
  '--noAssert',
  '--use=abort=',
  '--enable=simd',
  '--optimizeLevel=3',
  '--shrinkLevel=0',
];

for (const [file, more] of [
  ['kernels.wasm', []],
  ['kernels-fast.wasm', ['--enable=relaxed-simd']],
]) {
  const { error, stdout, stderr } = await asc.main(
    ['assembly/index.ts', `--outFile=dist/${file}`, ...options, ...more],
    { stdout: asc.createMemoryStream(), stderr: asc.createMemoryStream(), reportDiagnostic: undefined },
  );
  if (error) {
    console.error(String(stdout), String(stderr), error.message);
    process.exit(1);
  }
}
