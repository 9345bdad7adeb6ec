using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Serving;

namespace LlmMemory.Accuracy;

/// <summary>vLLM in other versions than 0.19, starts that failed, and the logged rows that nothing is compared with.</summary>
internal static class VllmOtherSection
{
    // The rows of the table of measurements by their number, and the rule that leaves them out.
    private static readonly (string Rows, string Rule)[] LeftOut =
    [
        ("377, 378", "Mistral-Small-3.2 in Mistral's own format: its profile run takes 2.12 GiB where its vocabulary asks for 4.8, and the log does not say why."),
        ("379, 381 to 383, 401 to 403, 407, 408, 411, 412, 416", "The engine before V1, or no version: other rules of allocation."),
        ("384 to 394", "Tokens for a cache that is given: 384 to 387 are met to the block (VllmHybridTests); of 388 to 390 the cache is not printed; the models of the others, or their formats, are not in the catalogue."),
        ("395 to 400", "What nvidia-smi shows of a card, with a cache set by hand or settings that are not in the row."),
        ("405, 423, 425", "No memory of the device or share of it in the row."),
        ("406", "Device unknown, thread unknown."),
        ("409, 410", "8.11 GiB hold 180,928 tokens of 94 layers and one head, and the log prints 178,880: the two lines do not belong together."),
        ("413, 414, 422", "Forks for gfx906 and Gaudi."),
        ("417", "The checkpoint says itself which layers stay in 16 bits; the catalogue's FP8 does not know them (7.20 for 7.39 GiB)."),
        ("418", "MXFP4 on a workstation card of the Blackwell generation in 0.28: which kernels it took is not logged."),
        ("419 to 421", "Mistral-Small-4, DeepSeek-V4-Flash and GLM-5.3-Flash: not in the catalogue, or refused."),
        ("426, 428 to 430, 432, 433", "SGLang and TensorRT-LLM: single figures without the settings that they follow from; 427 and 431 are met by tests (SglangTests, TensorRtLlmTests)."),
        ("435 to 453", "llama.cpp, Ollama and LM Studio: files or versions that the row does not name; the section above has 520 rows of llama.cpp's own."),
        ("454 to 470", "accelerate's placement, exllama and AutoAWQ: no such engines here."),
        ("0.19, gpt-oss-20b on one rank at 0.95", "It ran out of memory in warming up the sampler, beside CUDA graphs outside the budget: what fragmentation takes there is not modelled."),
    ];

    public static IEnumerable<string> Lines()
    {
        var runs = VllmOtherRun.ReadAll();
        var failed = runs.Where(run => !run.Starts).ToList();
        yield return "## vLLM, other versions";
        yield return "Starts of 0.11 on H100 (llm-d-incubation/llm-d-planner @e50305a, docs/empirical-vllm-memory-results.md), and single figures of threads (`tests/LlmMemory.Core.Tests/Data/vllm-other-runs.csv`). The 38.33 bytes for a logit of 0.11 and its memory outside PyTorch came from these runs: activations and caches are in-sample.";
        yield return ErrorRow.Header
            + "\n" + ErrorRow.Percent("Weights of a rank", runs.Where(run => run is { Starts: true, WeightsGiB: not null }).Select(run => new ErrorSample(run.Name, (run.GiB("Weights", "Rotary cache", "MXFP4 layout") / run.WeightsGiB!.Value) - 1)))
            + "\n" + ErrorRow.GiB("Activations, in-sample", runs.Where(run => run.ActivationGiB is not null).Select(run => new ErrorSample(run.Name, run.GiB("Activations") - run.ActivationGiB!.Value)))
            + "\n" + ErrorRow.GiB("Cache, from the settings alone, in-sample", runs.Where(run => run.CacheGiB is not null).Select(run => new ErrorSample(run.Name, run.Estimate().Capacity!.CacheGiB - run.CacheGiB!.Value)));
        yield return $"Starts that failed for want of memory, and come out as failing: {failed.Count(run => !run.Estimate().Capacity!.Starts)} of {failed.Count} ({string.Join("; ", failed.Select(run => run.Name))}).";
        yield return "Left out, by row of the table of measurements:";
        yield return "| Rows | Rule |\n| --- | --- |\n" + string.Join("\n", LeftOut.Select(row => $"| {row.Rows} | {row.Rule} |"));
    }
}
