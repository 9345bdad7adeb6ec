using System;
using System.Linq;
using LlmMemory.Core.Tests.Serving.LlamaCpp;

namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// The formulas of withcatai/node-llama-cpp, src/gguf/insights/GgufInsights.ts
/// (estimateModelResourceRequirements, estimateContextResourceRequirements) @9a428e5, for one GPU with all layers on it.
/// It has one size of a batch, which is llama.cpp's micro batch here, and caches in f16 alone.
/// </summary>
internal static class NodeLlamaCpp
{
    private const int Int32 = 4;

    private const int F16 = 2;

    private const int CellPadding = 256;

    // ggml_tensor_overhead(); ggml_graph_overhead_custom(): 112 bytes, nodes and leafs, and for each place of a hash set of
    // twice the nodes a pointer, a count of uses and a bit (ggml/src/ggml.c; the set is rounded up to a prime there).
    private const long TensorOverhead = 368;

    private const long GraphOverhead = 112;

    private const double GraphBytesPerNode = (2 * 8) + (2 * (8 + 4 + 0.125));

    // Where states count for each cell, as in the version read, the answer is a thousand times too large: not a comparison.
    public static bool Knows(PeerModel model, BufferRow row)
    {
        return row.KeyType == "f16" && row.ValueType == "f16" && model.Number("ssm.conv_kernel") == 0;
    }

    public static PeerMemory Estimate(PeerModel model, BufferRow row)
    {
        var isFused = row["fa"] != 0;
        var cells = Cells(model, row, isFused);
        var nodes = GraphOverhead + ((TensorOverhead + GraphBytesPerNode) * Math.Max(1024, 8 * model.Tensors.Count));
        var output = Int32 * ((model.Vocabulary * Math.Max(row["n_ubatch"], row["n_seq_max"])) + row["n_ubatch"]);
        return new PeerMemory(Weights(model), null, Cache(model, cells) + nodes + (isFused ? 0 : Graph(model, row, cells)) + output, 0);
    }

    private static long Weights(PeerModel model)
    {
        return model.Bytes(@"^(?!token_embd|token_types|position_embd)") + (model.HasHead ? 0 : model.Bytes(@"^token_embd\."));
    }

    private static double Cells(PeerModel model, BufferRow row, bool isFused)
    {
        var sequences = row["n_seq_max"];
        var own = (row["n_ctx_eff"] / sequences) + CellPadding - 1;
        var all = sequences * (own / CellPadding * CellPadding);
        var window = model.Number("attention.sliding_window");
        var pattern = model.Architecture switch
        {
            "llama4" or "cohere2" or "exaone4" or "smallthinker" => 4,
            "gemma2" or "gpt-oss" => 2,
            "gemma3" => 6,
            "gemma3n" => 5,
            _ => 1,
        };
        var full = pattern <= 1 ? 1 : 1 / (pattern - (isFused ? 0.5 : 1));
        var isWindowed = row["swa_full"] == 0 && window > 0 && window < row["n_ctx_eff"] / sequences && window < model.Number("context_length");
        return isWindowed ? ((1 - full) * Math.Min(all, (sequences * window) + row["n_ubatch"])) + (full * all) : all;
    }

    private static double Cache(PeerModel model, double cells)
    {
        var heads = model.Items("attention.head_count_kv");
        var all = Enumerable.Range(0, (int)model.Layers).Sum(layer =>
            heads.Count switch { 0 => model.Heads, 1 => heads[0], _ => heads[layer] == 0 ? model.Heads : heads[layer] });
        return F16 * cells * all * (model.KeyLength + model.ValueLength);
    }

    private static double Graph(PeerModel model, BufferRow row, double cells)
    {
        const double MiB = 1 << 20;
        var batch = Int32 * row["n_ubatch"];
        var scores = cells * model.Heads;
        var experts = model.Number("expert_count") > 0 ? model.Number("expert_used_count", 2) : 0;
        var share = cells / model.Number("context_length");
        var lengths = model.Tensors.Sum(tensor => tensor.Lengths.Sum());
        return model.Architecture switch
        {
            "llama" when experts == 0 => batch * (model.Embedding + scores),
            "qwen3" => batch * (model.Embedding + scores),
            "stablelm" => (batch * scores) - (50 * MiB),
            "qwen2" => (lengths * 77.655 * cells / 4096) - (340 * MiB * share),
            "gemma" => (lengths * 77.655 * cells / 4096) + (40 * MiB) - (270 * MiB * share),
            _ when experts > 0 => batch * (((experts + 1) * model.Embedding) + scores),
            "phi3" => lengths * 123 * cells / 4096,
            _ => lengths * 77.655 * cells / 4096,
        };
    }
}
