using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Serving;
using LlmMemory.Estimation;

namespace LlmMemory.Accuracy;

/// <summary>vLLM 0.19 against logged starts.</summary>
internal static class VllmSection
{
    public static IEnumerable<string> Lines()
    {
        var runs = VllmRun.ReadAll().Where(run => run.CatalogueName.Length > 0).ToList();
        var text = runs.Where(run => !run.IsMultimodal && run.Format is not ("F32" or "MXFP4")).ToList();
        yield return "## vLLM 0.19";
        yield return "45 logged starts on one to four H100 (llm-d-incubation/llm-d-planner @d3121e0, accuracy/results/v0.19.0; `tests/LlmMemory.Core.Tests/Data/vllm-0.19-runs.csv`). Two are left out throughout, because their model is not in the catalogue: Qwen1.5-MoE-A2.7B and granite-vision-3.3-2b. Granite 3.1 is estimated as 3.3, which has the same shape.";
        yield return "Nothing was fitted for weights, blocks, tokens and concurrency. The law of activations and the memory outside PyTorch **were fitted on these runs**: their errors are in-sample, and no band is made of them. Three runs that the law had not seen (Llama-3-8B on V0, vllm-project/vllm PR 10511; FlexTensor's Llama-3.1-8B on a card of 44 GiB; Qwen3-30B-A3B on two copies): 1.24 for 1.26, 1.21 for 1.19, 5.59 for 5.58 GiB.";
        yield return ErrorRow.Header
            + "\n" + ErrorRow.Percent("Weights of a rank, MXFP4 left out", runs.Where(run => run.Format != "MXFP4").Select(run => Share(run, Weights(run.Estimate()), run.WeightsGiB)))
            + "\n" + ErrorRow.Percent("Weights of a rank, MXFP4", runs.Where(run => run.Format == "MXFP4").Select(run => Share(run, Weights(run.Estimate()), run.WeightsGiB)))
            + "\n" + ErrorRow.GiB("Activations, in-sample; towers, F32 and MXFP4 left out", text.Select(run => Difference(run, First(run.Estimate(), "Activations"), run.ActivationGiB)))
            + "\n" + ErrorRow.GiB("Activations, models with towers", runs.Where(run => run.IsMultimodal).Select(run => Difference(run, First(run.Estimate(), "Activations"), run.ActivationGiB)))
            + "\n" + ErrorRow.GiB("Outside PyTorch, in-sample", runs.Select(run => Difference(run, First(run.Estimate(), "Outside PyTorch"), run.NonTorchGiB)))
            + "\n" + ErrorRow.GiB("CUDA graphs (one figure for all)", runs.Where(run => run.GraphsGiB is not null).Select(run => Difference(run, First(run.Estimate(), "CUDA graphs"), run.GraphsGiB)))
            + "\n" + ErrorRow.Percent("Cache, from the settings alone; one stage", text.Where(run => !run.IsPipelined).Select(run => Share(run, run.Estimate().Capacity!.CacheGiB, run.CacheGiB)))
            + "\n" + ErrorRow.Percent("Blocks, given the logged cache; one stage", runs.Where(run => !run.IsPipelined).Select(run => Share(run, run.EstimateWithLoggedCache().Capacity!.Blocks, run.Blocks)))
            + "\n" + ErrorRow.Percent("Tokens, given the logged cache; one stage", runs.Where(run => !run.IsPipelined).Select(run => Share(run, run.EstimateWithLoggedCache().Capacity!.Tokens, run.Tokens)));
        yield return "Why the worst are as they are: MXFP4's experts are padded by kernels that depend on the device (gpt-oss); the profile run of images is not modelled; Granite takes 0.46 GiB outside PyTorch where others take 0.25; Qwen2.5-7B's smallest shares are dominated by rounding to 0.01 GiB; with several stages the log shows one stage's memory and another's blocks.";
        yield return "### Peers on the same rows: weights of one rank";
        yield return "accelerate's estimate-memory and hf-mem count the checkpoint's bytes and know no ranks: their figure is taken divided by the tensor-parallel ranks.";
        var whole = runs.Where(run => run.Format != "MXFP4" && !run.IsPipelined).ToList();
        yield return ErrorRow.Header
            + "\n" + ErrorRow.Percent("LlmMemory", whole.Select(run => Share(run, Weights(run.Estimate()), run.WeightsGiB)))
            + "\n" + ErrorRow.Percent("checkpoint bytes / ranks (accelerate, hf-mem)", whole.Select(run => Share(run, VllmRun.GiB(run.ReadModel().WeightBytes) / run.Workload().TensorParallel!.Value, run.WeightsGiB)));
    }

    private static ErrorSample Share(VllmRun run, double estimated, double? measured)
    {
        return new(run.Name, (estimated / measured!.Value) - 1);
    }

    private static ErrorSample Difference(VllmRun run, double estimated, double? measured)
    {
        return new(run.Name, estimated - measured!.Value);
    }

    private static double Weights(MemoryEstimate estimate)
    {
        return First(estimate, "Weights") + First(estimate, "Rotary cache") + First(estimate, "Absorbed projections");
    }

    private static double First(MemoryEstimate estimate, string name)
    {
        return VllmRun.GiB(estimate.Components.Where(part => part.Device == "Device 0" && part.Name == name).Sum(part => part.Bytes));
    }
}
