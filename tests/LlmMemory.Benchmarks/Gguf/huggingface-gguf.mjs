// Times @huggingface/gguf: for each path that comes in, the milliseconds that its header takes go out.
import { createInterface } from "node:readline";
import { gguf } from "@huggingface/gguf";

for await (const path of createInterface({ input: process.stdin })) {
    const start = performance.now();
    await gguf(path, { allowLocalFile: true });
    console.log(performance.now() - start);
}
