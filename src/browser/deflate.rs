//! Texts made small and large again by the browser itself; where it cannot, they stay as they are.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A stream that makes small.
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    /// A stream that makes large again.
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    /// A body that can be a stream.
    #[wasm_bindgen(js_name = Response)]
    type Carrier;
    #[wasm_bindgen(constructor, js_class = "Response", catch)]
    fn new(body: &JsValue) -> Result<Carrier, JsValue>;
    #[wasm_bindgen(method, getter, js_class = "Response")]
    fn body(this: &Carrier) -> Piped;
    #[wasm_bindgen(method, catch, js_class = "Response", js_name = arrayBuffer)]
    async fn array_buffer(this: &Carrier) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_class = "Response")]
    async fn text(this: &Carrier) -> Result<JsValue, JsValue>;

    /// A stream that can be led through another.
    #[wasm_bindgen(js_name = ReadableStream)]
    type Piped;
    #[wasm_bindgen(method, catch, js_class = "ReadableStream", js_name = pipeThrough)]
    fn pipe_through(this: &Piped, other: &JsValue) -> Result<Piped, JsValue>;
}

/// The text, smaller: bytes, or the text itself where the browser cannot make it smaller.
pub async fn pack(text: &str) -> JsValue {
    packed(text).await.unwrap_or_else(|_| text.into())
}

async fn packed(text: &str) -> Result<JsValue, JsValue> {
    let small = Carrier::new(&text.into())?
        .body()
        .pipe_through(&CompressionStream::new("deflate-raw")?.into())?;
    Ok(Uint8Array::new(&Carrier::new(&small)?.array_buffer().await?).into())
}

/// The text that was packed.
///
/// # Errors
/// It is none of ours, or damaged.
pub async fn unpack(packed: JsValue) -> Result<String, JsValue> {
    if let Some(text) = packed.as_string() {
        return Ok(text);
    }
    let bytes: Uint8Array = packed.dyn_into()?;
    let large = Carrier::new(&bytes)?
        .body()
        .pipe_through(&DecompressionStream::new("deflate-raw")?.into())?;
    let text = Carrier::new(&large)?.text().await?;
    text.as_string().ok_or(JsValue::NULL)
}
