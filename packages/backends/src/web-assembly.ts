/**
 * The smallest module that uses SIMD: one function that makes a 128-bit value and drops it
 * (`v128.const`, `drop`), encoded by the WebAssembly core specification, release 2.0, section 5.
 */
const SIMD_MODULE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // one function type: () -> ()
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x0a, 0x17, 0x01, 0x15, 0x00], // its body, 21 bytes, no locals
  ...[0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // v128.const 0
  ...[0x1a, 0x0b], // drop, end
);

// Neither the ES2023 library nor the types of Node 20 declare it.
const { WebAssembly } = globalThis as { WebAssembly?: { validate(module: Uint8Array): boolean } };

/** Whether this host runs WebAssembly at all, and with 128-bit SIMD; undefined where it does not. */
export function webAssembly(): { readonly simd: boolean } | undefined {
  return WebAssembly && { simd: WebAssembly.validate(SIMD_MODULE) };
}
