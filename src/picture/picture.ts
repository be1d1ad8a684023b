/** What the network reads: bytes of an RGBA picture at its input size. */
export interface InputPicture {
  rgba: Uint8ClampedArray;
  width: number;
  height: number;
}

export interface Picture {
  /** Size of the whole picture, orientation applied. */
  width: number;
  height: number;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
  input: InputPicture;
  /** The same square, larger, to look at. */
  display: ImageBitmap;
  /** That picture as a JPEG, for what the page draws as SVG. */
  preview: Blob;
  /** Milliseconds. */
  decodeMs: number;
}

export interface DecodeRequest {
  file: Blob;
  /** The picture as the page decoded it, where a worker cannot (SVG). */
  bitmap: ImageBitmap | null;
  inputSize: { width: number; height: number };
}
