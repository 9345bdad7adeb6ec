using System;
using System.Linq;
using LlmMemory.Core.Tests.Serving.LlamaCpp;

namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// The formulas of gpustack/gguf-parser-go, file_estimate__llamacpp.go (estimateLLaMACppRunInModel) and
/// file_architecture.go @02c89bf, for one GPU with all layers on it. Its allowances for the process and the platform are
/// left out, as llama.cpp's own figures have none.
/// </summary>
internal static class GgufParser
{
    private const int F32 = 4;

    private const int F16 = 2;

    public static PeerMemory Estimate(PeerModel model, BufferRow row)
    {
        var isFused = row["fa"] != 0;
        var padding = isFused ? 256 : 32;
        var context = Padded(row["n_ctx_eff"], padding);
        var tokens = Math.Min(context, row["n_ubatch"]);
        var keyType = Bytes(row.KeyType);
        var valueType = Bytes(!isFused && row.ValueType.StartsWith('q') ? "f16" : row.ValueType);
        var cache = Cache(model, row, context, padding, keyType, valueType);
        var compute = Input(model, context, tokens, row["n_seq_max"])
            + Compute(model, isFused, context, tokens, row["n_seq_max"], keyType, valueType)
            + Output(model, tokens, row["n_seq_max"]);
        return new PeerMemory(Weights(model), cache, cache + compute, tokens * F32 * (model.Embedding + model.Vocabulary));
    }

    private static bool IsRecurrent(PeerModel model) => model.Number("ssm.conv_kernel") > 0;

    private static bool IsHybrid(PeerModel model) => IsRecurrent(model) && model.Heads > 0;

    // Without a head of its own, what is before the first layer counts once more.
    private static long Weights(PeerModel model)
    {
        return model.Bytes(@"^(blk\.|output|cls|rope_factors_)") + (model.HasHead ? 0 : model.Bytes("^(token_|position_)"));
    }

    private static double Cache(PeerModel model, BufferRow row, long context, int padding, double keyType, double valueType)
    {
        var states = IsRecurrent(model) ? F32 * row["n_seq_max"] * model.Layers * (Convolution(model) + State(model)) : 0;
        if (IsRecurrent(model) && !IsHybrid(model))
        {
            return states;
        }

        var isLatent = model.Number("attention.key_length_mla") > 0 && model.Number("attention.value_length_mla") > 0;
        var keys = (isLatent ? model.Number("attention.key_length_mla") : model.KeyLength) * model.HeadsOfKeys;
        var values = (isLatent ? model.Number("attention.value_length_mla") : model.ValueLength) * model.HeadsOfKeys;
        var pattern = WindowPattern(model);
        var windowed = pattern == 1 || row["swa_full"] != 0 ? 0 : Enumerable.Range(0, (int)model.Layers).Count(layer => layer % pattern != 0);
        var window = Math.Min(context, Padded((model.Number("attention.sliding_window") * row["n_seq_max"]) + row["n_batch"], padding));
        return states + (((keys * keyType) + (values * valueType)) * ((windowed * window) + ((model.Layers - windowed) * context)));
    }

    private static int WindowPattern(PeerModel model)
    {
        return model.Architecture switch { "llama4" => 4, "gemma2" => 2, "gemma3" => 6, "cohere2" => 4, _ => 1 };
    }

    private static long Convolution(PeerModel model)
    {
        return (model.Number("ssm.conv_kernel") - 1)
            * (model.Number("ssm.inner_size") + (2 * model.Number("ssm.group_count") * model.Number("ssm.state_size")));
    }

    private static long State(PeerModel model) => model.Number("ssm.state_size") * model.Number("ssm.inner_size");

    private static double Input(PeerModel model, long context, long tokens, long sequences)
    {
        return F32 * (IsRecurrent(model)
            ? (model.Embedding * tokens) + sequences + (sequences * tokens)
            : (model.Embedding * tokens) + tokens + (context * tokens));
    }

    private static double Compute(PeerModel model, bool isFused, long context, long tokens, long sequences, double keyType, double valueType)
    {
        return IsRecurrent(model) && !IsHybrid(model)
            ? Recurrence(model, tokens, sequences)
            : Math.Max(
                isFused ? Fused(model, context, tokens, keyType, valueType) : Unfused(model, context, tokens),
                Network(model, tokens));
    }

    private static double Recurrence(PeerModel model, long tokens, long sequences)
    {
        var (inner, kernel, state) = (model.Number("ssm.inner_size"), model.Number("ssm.conv_kernel"), model.Number("ssm.state_size"));
        var projected = model.LastLayer(@"(attn_norm|ssm_in|ssm_dt)\.weight").Sum(tensor => tensor.Last * tokens);
        return F32 * ((Convolution(model) * sequences) + projected
            + (inner * tokens) + (kernel * inner * sequences)
            + (inner * tokens) + (state * inner * sequences));
    }

    // The queries' weight counts with its bytes.
    private static double Fused(PeerModel model, long context, long tokens, double keyType, double valueType)
    {
        return (F16 * context * tokens)
            + model.LastLayer(@"attn_norm\.weight").Sum(tensor => F32 * tensor.Last * tokens)
            + model.LastLayer(@"attn_(q|qkv|q_b)\.weight").Sum(tensor => tensor.Bytes)
            + (((keyType * model.KeyLength) + (valueType * model.ValueLength)) * context * model.HeadsOfKeys);
    }

    private static double Unfused(PeerModel model, long context, long tokens)
    {
        return F32 * (model.LastLayer(@"attn_norm\.weight").Sum(tensor => tensor.Last * tokens)
            + model.LastLayer(@"attn_(q|qkv)\.weight").Sum(tensor => (2 * tensor.Lengths[0] * tokens) + (context * tokens * model.Heads))
            + model.LastLayer(@"attn_q_b\.weight").Sum(tensor => (2 * tensor.Last * tokens) + (context * tokens * model.Heads))
            + model.LastLayer(@"attn_qkv\.weight").Sum(_ => 3 * model.Embedding * model.Embedding));
    }

    private static double Network(PeerModel model, long tokens)
    {
        var (experts, used) = (model.Number("expert_count"), model.Number("expert_used_count"));
        var mixture = experts > 0 || used > 0 ? (experts * model.Embedding) + (experts * tokens) + (model.Embedding * used * tokens) : 0;
        return F32 * (model.LastLayer(@"(attn_norm|ffn_norm|ffn_gate|ffn_up)\.weight").Sum(tensor => tensor.Last * tokens) + mixture);
    }

    private static double Output(PeerModel model, long tokens, long sequences)
    {
        var masks = IsRecurrent(model) ? sequences + (sequences * tokens) : 0;
        return F32 * (masks + (model.Embedding * tokens) + (model.Vocabulary * tokens));
    }

    private static long Padded(long length, long multiple) => (length + multiple - 1) / multiple * multiple;

    private static double Bytes(string type)
    {
        return type switch { "f32" => 4, "f16" or "bf16" => 2, "q8_0" => 34.0 / 32, "q4_0" => 18.0 / 32, _ => throw new NotSupportedException(type) };
    }
}
