using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Accuracy.Peers;
using LlmMemory.Core.Tests.Training;

namespace LlmMemory.Accuracy;

/// <summary>Peaks of training, family by family.</summary>
internal static class TrainingSection
{
    private static readonly (string Title, string Model)[] Families =
    [
        ("Mistral-7B", "mistral-7b-v0.1"),
        ("Mixtral-8x7B", "mixtral-8x7b"),
        ("GPT-BigCode (santacoder)", "santacoder-1.1b"),
        ("Llama-3-8B", "llama-3-8b"),
        ("Llama-2-70B", "llama-2-70b"),
    ];

    private static readonly string[] Ways = ["full", "lora", "qlora/gptq"];

    public static IEnumerable<string> Lines()
    {
        var rows = TrainingRunRow.ReadAll();
        var trainer = rows.Where(row => row.Set.StartsWith("IBM A100", StringComparison.Ordinal)).ToList();
        yield return "## Training";
        yield return "Allocated peaks of PyTorch (`Data/training-runs.csv`, each row with its source). The rules are structural: which tensor is kept, and how often. They come from the frameworks' sources; whoever wrote them down saw the rows of Mistral, Mixtral, santacoder and Llama, so none of this is blind, and nothing was changed to fit a row since. Numbers without a reason in a source: one copy of the logits and a few hidden widths of GPT-BigCode, 19.5 MiB of FSDP, one copy of the logits and the inputs of first projections in LitGPT.";
        yield return "Hugging Face's Trainer on A100, samples of fixed length (foundation-model-stack/fms-acceleration, scripts/benchmarks/refs): full, LoRA, QLoRA and GPTQ, with PyTorch's operations, fused kernels and Liger's loss, on one GPU and under FSDP on two and four.";
        yield return ErrorRow.Header
            + string.Concat(Families.Select(family => "\n" + Row(family.Title, trainer.Where(row => row.Model == family.Model))))
            + string.Concat(Ways.Select(way => "\n" + Row($"All of them, {way}", trainer.Where(row => row.Set.StartsWith("IBM A100 " + way, StringComparison.Ordinal)))));
        yield return "Other frameworks:";
        yield return ErrorRow.Header
            + "\n" + Row("A loop of PEFT's own (method_comparison: LoRA, prompt and LN tuning, full), reserved memory", rows.Where(row => row.Set.StartsWith("PEFT", StringComparison.Ordinal)))
            + "\n" + Row("torchtune, one flag after the other", rows.Where(row => row.Set == "torchtune"))
            + "\n" + Row("LitGPT, LoRA in BF16", rows.Where(row => row.Set == "litgpt" && row.Cells["format"] == "BF16"))
            + "\n" + Row("LitGPT, QLoRA", rows.Where(row => row.Set == "litgpt" && row.Cells["format"] != "BF16"))
            + "\n" + Row("Axolotl, QLoRA of its examples: VRAM as their READMEs say it, allocated estimated", rows.Where(row => row.Set == "Axolotl QLoRA"));
        yield return "Why the worst are as they are: LitGPT's QLoRA holds 2 to 3 GiB that neither bitsandbytes' nor LitGPT's source explains; torchtune's last row adds AdamW of 8 bits in the backward pass, whose own buffers are not modelled; what Axolotl's READMEs say is what the device shows, which lies 7 to 72 % above the allocated peak in runs of IBM; PEFT's table is of reserved memory, with samples of up to 768 tokens, all of which are taken to be that long. Left out by rule: DeepSpeed (batch without a length), ms-swift (what nvidia-smi showed, of samples of unknown length or with images), torchtitan (recomputation of single operations, and 8 bits), XTuner (a head without a model), models of Axolotl's examples that the catalogue does not have; runs that died; samples of unknown length (orca); fsdp_qlora and QwenLM, whose tables are of reserved or device memory; methods of PEFT with intermediates of their own.";
        foreach (var line in TrainingPeers.Lines(rows).Concat(DeviceFiguresSection.Lines(trainer)))
        {
            yield return line;
        }
    }

    private static string Row(string figure, IEnumerable<TrainingRunRow> rows)
    {
        return ErrorRow.Percent(figure, rows.Select(row => new ErrorSample(row.Name, row.Error)));
    }
}
