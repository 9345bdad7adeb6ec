using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Accuracy.Peers;
using LlmMemory.Core.Tests.Training;

namespace LlmMemory.Accuracy;

/// <summary>Peaks of Megatron-LM: its own functional tests, and models that no rule was made on.</summary>
internal static class MegatronSection
{
    private static readonly (string Title, Func<MegatronRunRow, bool> Wanted)[] Splits =
    [
        ("gpt, Transformer Engine, scores written out", row => IsGpt(row) && Is(row, "kernels", "TransformerEngine") && Is(row, "attention", "Eager")),
        ("gpt, Transformer Engine, fused and flash attention", row => IsGpt(row) && Is(row, "kernels", "TransformerEngine") && !Is(row, "attention", "Eager")),
        ("of these, without the native loss fusion", row => IsGpt(row) && Is(row, "kernels", "TransformerEngine") && !Is(row, "attention", "Eager") && Is(row, "loss", "Torch")),
        ("gpt, local implementation", row => IsGpt(row) && Is(row, "kernels", "Eager")),
        ("moe (up to 8 experts, EP and ETP up to 4)", row => row.Family == "moe"),
        ("bert", row => row.Family == "bert"),
        ("All with pipeline stages", row => row.Number("pp") > 1),
        ("All with interleaved stages", row => row.Number("chunks") > 1 || row.Cells["layout"].StartsWith("E|", StringComparison.Ordinal)),
        ("All with context parallelism", row => row.Number("cp") > 1),
        ("All with the distributed optimizer", row => Is(row, "distributed", "1")),
        ("All", _ => true),
    ];

    public static IEnumerable<string> Lines()
    {
        var rows = MegatronRunRow.ReadAll();
        var others = SimuMaxRow.ReadAll();
        yield return "## Training with Megatron";
        yield return "Allocated peak of the last rank, which has the head, in golden values of Megatron-LM's functional tests (`Data/megatron-runs.csv`; settings are those of the commit that recorded each). "
            + "Whoever wrote the rules down saw these rows. Fitted on them are: the second layout of attention's output everywhere but with cuDNN on Hopper, the sizes of workspaces, "
            + "the weighting inside experts from Megatron Core 0.12 on, and one copy of the embedding in the local implementation, which no source explains. Everything else follows from Megatron's source.";
        yield return ErrorRow.Header + string.Concat(Splits.Select(split => "\n" + ErrorRow.Percent(split.Title, rows.Where(split.Wanted).Select(row => new ErrorSample(row.Name, row.Error)))));
        yield return "Other models: Llama-3-70B and 405B, DeepSeek-V2 and V3, cut to 4 and 12 layers, on eight B200 (`Data/megatron-simumax.csv`, MooreThreads/SimuMax). "
            + "The figure is the fullest of all ranks. They have what the tests have not: RMSNorm, SwiGLU, grouped queries, latent attention, fused accumulation of gradients, 131,072 tokens. "
            + "Llama-70B and everything with context parallelism are blind: no rule was made or changed on them. "
            + "The others were known when the rules were written down; empty gradients of weights and the head's backward pass, both from the sources, bind there alone. "
            + "SimuMax, which was made on all of them, is in the last line.";
        yield return ErrorRow.Header
            + "\n" + Others("Blind: Llama-70B, 4,096 tokens", others.Where(row => row.IsBlind && !row.SplitsContext))
            + "\n" + Others("Blind: Llama-70B and 405B, 32,768 and 131,072 tokens with context parallelism", others.Where(row => row.SplitsContext))
            + "\n" + Others("Known: Llama-405B and DeepSeek, 4,096 tokens", others.Where(row => !row.IsBlind))
            + "\n" + ErrorRow.Percent("SimuMax on the same", others.Select(row => new ErrorSample(row.Name, row.ErrorOfSimuMax)));
        yield return "Why the worst are as they are: with the native loss fusion, containers of 2025 hold copies of the logits that later ones do not; tests after a resume, and those that uninstall Transformer Engine, hold more than any source says. "
            + "Left out by rule: tests of inference (26) and reinforcement learning (4), hybrid, Mamba and multimodal models (8), distillation (1), encoder-decoder models (35: two lengths), "
            + "FSDP (12), matrices of 8 bits and CUDA graphs (9), several instances of the distributed optimizer (7), deferred gradients of the embedding (3), "
            + "runs whose number of GPUs the repository does not say (16), a run of a single step (1), rows without a peak (2).";
        foreach (var line in MegatronPeers.Lines(rows))
        {
            yield return line;
        }
    }

    private static string Others(string title, IEnumerable<SimuMaxRow> rows)
    {
        return ErrorRow.Percent(title, rows.Select(row => new ErrorSample(row.Name, row.Error)));
    }

    private static bool IsGpt(MegatronRunRow row)
    {
        return row.Family == "gpt";
    }

    private static bool Is(MegatronRunRow row, string name, string value)
    {
        return row.Cells[name] == value;
    }
}
