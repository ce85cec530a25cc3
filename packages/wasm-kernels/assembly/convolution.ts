/**
 * What the convolution kernels need to know, as it lies in memory: written by `src/conv2d/convolution.ts` in this order.
 *
 * Place `(oy, ox)` of the output reads `x[t / divide]` where `t = oy * stride + tap * dilation - pad` (rows and columns
 * alike), as far as that is a whole number and within the image. `divide` is 1 except in the gradient by the input of
 * a convolution with strides, which is a convolution of the output's gradient spread out by them.
 */
@unmanaged
export class Convolution {
  images: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideY: i32;
  strideX: i32;
  dilationY: i32;
  dilationX: i32;
  padY: i32;
  padX: i32;
  divideY: i32;
  divideX: i32;
}
