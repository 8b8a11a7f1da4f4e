/**
 * The bindings that libheif-js builds its own `HeifDecoder` on, which writes its errors to the console. The package has
 * types of the module's insides only.
 */
declare module 'libheif-js/wasm-bundle.js' {
  export interface Failure {
    code: unknown;
    message: string;
  }

  export interface DecodedImage {
    image: unknown;
    width: number;
    height: number;
    channels: { data: Uint8Array; stride: number }[];
  }

  export interface Libheif {
    heif_context_alloc(): unknown;
    heif_context_free(context: unknown): void;
    heif_context_read_from_memory(context: unknown, bytes: Uint8Array): Failure;
    heif_js_context_get_primary_image_handle(context: unknown): unknown;
    heif_image_handle_release(handle: unknown): void;
    heif_js_decode_image2(handle: unknown, space: unknown, chroma: unknown): Promise<DecodedImage | Failure>;
    heif_image_release(image: unknown): void;
    readonly heif_error_code: { heif_error_Ok: unknown };
    readonly heif_colorspace: { heif_colorspace_RGB: unknown };
    readonly heif_chroma: { heif_chroma_interleaved_RGBA: unknown };
  }

  const libheif: Libheif;
  export default libheif;
}
