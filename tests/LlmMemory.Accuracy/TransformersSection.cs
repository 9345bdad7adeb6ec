using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Serving;

namespace LlmMemory.Accuracy;

/// <summary>Transformers against Qwen's own tables.</summary>
internal static class TransformersSection
{
    public static IEnumerable<string> Lines()
    {
        var runs = TransformersRun.ReadAll();
        var counted = runs.Where(run => !run.HasSecondHead).ToList();
        yield return "## Transformers";
        yield return "Qwen's tables of generate with 2,048 new tokens (QwenLM/Qwen3, docs/source/benchmark and getting_started; `Data/transformers-runs.csv`). The law was found on the BF16 rows of Qwen2.5 and the first table of Qwen2; Qwen3, and every quantised row, was not part of it. Left out by rule: FP8 of the two models with a tied head, whose files have the head once more (0.28 and 0.72 GiB); Qwen2-57B-A14B, which is not in the catalogue.";
        yield return ErrorRow.Header
            + "\n" + Row("Qwen2.5 in BF16, one device, in-sample", counted.Where(run => Is(run, "qwen2.5") && run.Format == "BF16" && !IsLarge(run)))
            + "\n" + Row("Qwen2.5 quantised, prompts of 6,144 and more", counted.Where(run => Is(run, "qwen2.5") && run.Format != "BF16" && !IsLarge(run) && run.Prompt > 1))
            + "\n" + Row("Qwen2 before 4.45 (logits of the whole prompt), prompts of 6,144 and more", counted.Where(run => Is(run, "qwen2-") && run.Prompt > 1))
            + "\n" + Row("Prompts of one token, Qwen2 and quantised Qwen2.5", counted.Where(run => run.Prompt == 1 && !Is(run, "qwen3") && !(Is(run, "qwen2.5") && run.Format == "BF16")))
            + "\n" + Row("72B on several devices", counted.Where(IsLarge))
            + "\n" + Row("Qwen3, unseen, AWQ left out", counted.Where(run => Is(run, "qwen3") && run.Format != "AWQ"))
            + "\n" + Row("Qwen3 in AWQ, unseen", counted.Where(run => Is(run, "qwen3") && run.Format == "AWQ"));
        yield return "Why the worst are as they are: with a prompt of one token the tables show what loading left behind, up to 0.7 GiB, which is not modelled; the 72B lay on several devices whose peaks do not fall together; AWQ's kernel keeps more the longer the prompt was.";
    }

    private static string Row(string figure, IEnumerable<TransformersRun> runs)
    {
        return ErrorRow.Percent(figure, runs.Select(run => new ErrorSample(run.Name, (run.EstimatedGiB() / run.MeasuredGiB) - 1)));
    }

    private static bool Is(TransformersRun run, string family)
    {
        return run.Model.StartsWith(family, StringComparison.Ordinal);
    }

    private static bool IsLarge(TransformersRun run)
    {
        return run.Model.Contains("72b", StringComparison.Ordinal);
    }
}
