using System.Collections.Generic;
using System.Linq;
using LlmMemory.Accuracy.Peers;
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
        yield return "Nothing was fitted for weights, blocks, tokens and concurrency. The coefficients of activations, of the memory outside PyTorch and of CUDA graphs came from Llama, CodeLlama, Qwen2.5 and DeepSeek-V2, the layout of MXFP4 from gpt-oss: their errors are in-sample. All other families were kept back, and the band of an estimate is the range of their runs. **The form of the law of activations was found with all runs in view**, so the band is a little kinder than chance. Three older runs (Llama-3-8B on V0, vllm-project/vllm PR 10511; FlexTensor's Llama-3.1-8B on a card of 44 GiB; Qwen3-30B-A3B on two copies): 1.24 for 1.26, 1.21 for 1.19, 5.59 for 5.58 GiB.";
        yield return ErrorRow.Header
            + "\n" + ErrorRow.Percent("Weights of a rank", runs.Select(run => Share(run, Weights(run.Estimate()), run.WeightsGiB)))
            + "\n" + ErrorRow.GiB("Activations, in-sample; F32 left out", text.Where(run => !run.IsHeldOut).Select(Activation))
            + "\n" + ErrorRow.GiB("Activations, kept back", runs.Where(run => run.IsHeldOut && !run.IsMultimodal).Select(Activation))
            + "\n" + ErrorRow.GiB("Activations, kept back, models with towers", runs.Where(run => run.IsMultimodal).Select(Activation))
            + "\n" + ErrorRow.GiB("Outside PyTorch, in-sample", runs.Where(run => !run.IsHeldOut).Select(run => Difference(run, First(run.Estimate(), "Outside PyTorch"), run.NonTorchGiB)))
            + "\n" + ErrorRow.GiB("Outside PyTorch, kept back", runs.Where(run => run.IsHeldOut).Select(run => Difference(run, First(run.Estimate(), "Outside PyTorch"), run.NonTorchGiB)))
            + "\n" + ErrorRow.GiB("CUDA graphs (one figure for all), kept back", runs.Where(run => run.GraphsGiB is not null && run.IsHeldOut).Select(run => Difference(run, First(run.Estimate(), "CUDA graphs"), run.GraphsGiB)))
            + "\n" + ErrorRow.Percent("All of a rank but cache and context, kept back: the band", runs.Where(run => run.IsHeldOut).Select(run => Share(run, run.EstimatedGiB(), run.MeasuredGiB)))
            + "\n" + ErrorRow.Percent("Cache, from the settings alone; one stage", text.Where(run => !run.IsPipelined).Select(run => Share(run, run.Estimate().Capacity!.CacheGiB, run.CacheGiB)))
            + "\n" + ErrorRow.Percent("Blocks, given the logged cache; one stage", runs.Where(run => !run.IsPipelined).Select(run => Share(run, run.EstimateWithLoggedCache().Capacity!.Blocks, run.Blocks)))
            + "\n" + ErrorRow.Percent("Tokens, given the logged cache; one stage", runs.Where(run => !run.IsPipelined).Select(run => Share(run, run.EstimateWithLoggedCache().Capacity!.Tokens, run.Tokens)));
        yield return "Why the worst are as they are: of the profile run of images only the encoder cache is modelled; Granite takes 0.46 GiB outside PyTorch where others take 0.25; Qwen2.5-7B's smallest shares are dominated by rounding to 0.01 GiB; with several stages the log shows one stage's memory and another's blocks.";
        yield return "### Peers on the same rows: weights of one rank";
        yield return "hf-mem sums the tensors of the checkpoint (alvarobartt/hf-mem @e994679). accelerate's estimate-memory builds the model without its head (AutoModel) and multiplies its parameters by the bytes of a type, float32, float16, int8 or int4, the last without scales (huggingface/accelerate @16cb6eb, src/accelerate/commands/estimate.py). Neither knows ranks: their figure is divided by the tensor-parallel ranks. Neither has activations, graphs, memory outside PyTorch or the blocks of a cache, so the rest of a run cannot be compared.";
        var whole = runs.Where(run => !run.IsPipelined).ToList();
        yield return ErrorRow.Header
            + "\n" + ErrorRow.Percent("LlmMemory", whole.Select(run => Share(run, Weights(run.Estimate()), run.WeightsGiB)))
            + "\n" + ErrorRow.Percent("hf-mem: bytes of the checkpoint / ranks", whole.Select(run => Share(run, VllmRun.GiB(run.ReadModel().WeightBytes) / run.Workload().TensorParallel!.Value, run.WeightsGiB)))
            + "\n" + ErrorRow.Percent("accelerate: parameters without head x bytes / ranks", whole.Select(run => Share(run, VllmRun.GiB(Accelerate.WeightBytes(run.ReadModel())) / run.Workload().TensorParallel!.Value, run.WeightsGiB)));
    }

    private static ErrorSample Share(VllmRun run, double estimated, double? measured)
    {
        return new(run.Name, (estimated / measured!.Value) - 1);
    }

    private static ErrorSample Difference(VllmRun run, double estimated, double? measured)
    {
        return new(run.Name, estimated - measured!.Value);
    }

    private static ErrorSample Activation(VllmRun run)
    {
        return Difference(run, First(run.Estimate(), "Activations") + First(run.Estimate(), "Encoder cache"), run.ActivationGiB);
    }

    private static double Weights(MemoryEstimate estimate)
    {
        return First(estimate, "Weights") + First(estimate, "Rotary cache") + First(estimate, "Absorbed projections") + First(estimate, "MXFP4 layout");
    }

    private static double First(MemoryEstimate estimate, string name)
    {
        return VllmRun.GiB(estimate.Components.Where(part => part.Device == "Device 0" && part.Name == name).Sum(part => part.Bytes));
    }
}
