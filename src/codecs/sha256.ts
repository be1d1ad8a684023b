/** SHA-256 in hexadecimal. Browsers offer it in secure contexts only; elsewhere the field stays empty. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  if (!crypto.subtle) return '';
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
