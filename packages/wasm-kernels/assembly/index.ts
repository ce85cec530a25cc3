export { setLocal } from './local';
export { packFlippedFilter, packPanels } from './pack-panels';
export { gemm } from './gemm';
export { gemmTransposed } from './gemm-transposed';
export { conv2d } from './conv2d';
export { conv2dFilterGradient } from './conv2d-filter-gradient';
export { transpose } from './transpose';
export { maskedSum, sumRows } from './masked-sum';
