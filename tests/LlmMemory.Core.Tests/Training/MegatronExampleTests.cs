using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Megatron's published formulas, worked by hand; and what it refuses.</summary>
public sealed class MegatronExampleTests
{
    // GPT-2: 124,439,808 weights, and 47 rows of padding to a multiple of 128: 50,304 x 768.
    private const long Padded = 124_439_808 + (47L * 768);

    private static readonly TrainingRun Run = new()
    {
        SequenceLength = 512,
        MicroBatchSize = 2,
        AttentionKernel = AttentionKernel.Eager,
        GradientAccumulationFusion = false,
    };

    // docs/api-guide/core/dist_optimizer.md: BF16 parameters and FP32 gradients take 18 bytes for each parameter, and
    // 6 + 12 / d with the distributed optimizer over d ranks.
    [Theory]
    [InlineData(1, false, 18)]
    [InlineData(8, false, 18)]
    [InlineData(8, true, 7.5)]
    [InlineData(4, true, 9)]
    public void States_take_18_bytes_or_6_and_12_shared(int ranks, bool isDistributed, double bytes)
    {
        var estimate = Estimate(Run with { DataParallel = ranks, DistributedOptimizer = isDistributed });

        Assert.Equal(ranks, estimate.DeviceCount);
        Assert.Equal((long)(Padded * bytes), States(estimate, 0));
    }

    // The same page: FP16 parameters and gradients take 20 bytes, of which 4 are there while the optimizer steps.
    [Fact]
    public void Half_precision_takes_20_bytes_in_the_step_and_16_before()
    {
        var estimate = Estimate(Run, "F16");

        Assert.Equal(Padded * 20, States(estimate, 0));
        Assert.Equal(Padded * 16, States(estimate, 0, part => !part.Name.Contains("in 32 bits", StringComparison.Ordinal)));
    }

    // Korthikanti et al., arXiv:2205.05198: a layer keeps sbh (34 + 5 as/h) bytes (equation 1); sbh (10 + 24/t + 5 as/(ht))
    // with tensor parallelism (equation 2); all of it over t with sequence parallelism (equation 4); 34 sbh/t with
    // selective recomputation (equation 6); 2 sbh/t for each layer with full recomputation.
    [Theory]
    [InlineData(1, false, "None", (34 * 768) + (5 * 12 * 512))]
    [InlineData(4, false, "None", (10 * 768) + (24 * 768 / 4) + (5 * 12 * 512 / 4))]
    [InlineData(4, true, "None", ((34 * 768) + (5 * 12 * 512)) / 4)]
    [InlineData(4, true, "Selective", 34 * 768 / 4)]
    [InlineData(4, true, "Full", 2 * 768 / 4)]
    [InlineData(1, false, "Full", 2 * 768)]
    public void A_layer_keeps_what_the_paper_says(int ranks, bool isSequence, string recompute, long bytesPerToken)
    {
        var estimate = Estimate(Run with { TensorParallel = ranks, SequenceParallel = isSequence, Recompute = Recomputation.All.Find(recompute) });

        Assert.Equal(12 * 2 * 512 * bytesPerToken, Kept(estimate, 0));
    }

    // The same paper, section 4.2.3: the first stage keeps L layers in 1F1B, and L (1 + (p - 1) / (pm)) with m pieces.
    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 15)]
    public void The_first_stage_keeps_the_micro_batches_of_all_stages(int pieces, int layers)
    {
        var one = Kept(Estimate(Run), 0) / 12;
        var estimate = Estimate(Run with { PipelineParallel = 4, VirtualPipeline = pieces, GlobalBatchSize = 64 });

        Assert.Equal(["0", "1", "2", "3"], estimate.Devices.Select(device => device.Device.Split(' ')[1]));
        Assert.Equal(layers * one, Kept(estimate, 0));
        Assert.Equal((pieces == 1 ? 3 : 9) * one, Kept(estimate, 3));
    }

    [Fact]
    public void Both_ends_of_a_pipeline_have_the_tied_embedding()
    {
        var estimate = Estimate(Run with { PipelineParallel = 2 });
        var (first, last) = (Named(estimate, "Weights", 0), Named(estimate, "Weights", 1));

        // Twice 50,304 x 768, positions 1,024 x 768 on the first and the last normalisation on the last.
        Assert.Equal(2 * ((1024 * 768) - 1536), first - last);
        Assert.Equal(2 * (Padded + (50_304 * 768)), first + last);
    }

    // Mixtral: 8 experts of 3 x 4096 x 14336 in 32 layers. 4 ranks have 2 of each, and 2 ranks the same two.
    [Fact]
    public void Experts_have_ranks_of_their_own()
    {
        var run = Run with { DataParallel = 8, ExpertParallelSize = 4, DistributedOptimizer = true, AttentionKernel = AttentionKernel.Flash };
        var estimate = Estimate(run, model: "mixtral-8x7b");
        const long Own = 2L * 32 * 3 * 4096 * 14336;

        Assert.Equal(2 * Own, Named(estimate, "Weights of experts", 0));
        Assert.Equal(8 * Own / 2, Named(estimate, "Optimizer states of experts", 0));
        Assert.Equal(4L * 32 * 8 * 3 * 4096 * 14336 / 8, Named(Estimate(run with { ExpertParallelSize = 8 }, model: "mixtral-8x7b"), "Main gradients of experts", 0));
    }

    [Theory]
    [InlineData("Torch", 6)]
    [InlineData("Compiled", 10)]
    [InlineData("FusedCrossEntropy", 2)]
    public void The_loss_has_as_many_copies_of_the_logits_as_its_implementation(string loss, int bytes)
    {
        var estimate = Estimate(Run with { LossKernel = LossKernel.All.Find(loss), TensorParallel = 2 });
        var copies = estimate.Components.Where(part => part.Device == "Device 0" && part.Phase == "Loss").Sum(part => part.Bytes);

        // 50,257 is padded to a multiple of 256: 50,432.
        Assert.Equal(1024L * (50_432 / 2) * bytes, copies);
    }

    [Fact]
    public void A_layout_says_which_stage_has_which_layers()
    {
        var even = Estimate(Run with { PipelineParallel = 4, VirtualPipeline = 1 });
        var same = Estimate(Run with { PipelineParallel = 4, PipelineLayout = "Et*3|(ttt|)*2t*3L" });
        var uneven = Estimate(Run with { PipelineParallel = 4, PipelineLayout = "Et*2|t*4|t*4|t*2L" });

        Assert.Equal(even.Devices.Select(device => device.Bytes), same.Devices.Select(device => device.Bytes));
        Assert.True(uneven.Devices[1].Bytes > even.Devices[1].Bytes);
        Assert.True(uneven.Devices[3].Bytes < even.Devices[3].Bytes);
    }

    [Fact]
    public void Later_layers_recompute_in_blocks()
    {
        var none = Estimate(Run);
        var some = Estimate(Run with { Recompute = Recomputation.Block, RecomputeLayers = 5 });

        Assert.Equal((7 * Kept(none, 0) / 12) + (5 * 1024 * 2 * 768), Kept(some, 0));
    }

    [Fact]
    public void Defaults_that_were_taken_are_said()
    {
        var estimate = Estimate(new TrainingRun { PipelineParallel = 2, DataParallel = 2 });

        Assert.Equal("0.12", estimate.FrameworkVersion);
        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("the pipeline is never full", StringComparison.Ordinal));
        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("-DistributedOptimizer", StringComparison.Ordinal));
        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("-SequenceLength", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_do_not_divide_are_refused_with_the_rule()
    {
        Refused(Run with { TensorParallel = 8 }, "12 heads", "-TensorParallel 6");
        Refused(Run with { PipelineParallel = 5 }, "12 layers");
        Refused(Run with { PipelineParallel = 4, VirtualPipeline = 2, GlobalBatchSize = 8 }, "12 layers");
        Refused(Run with { PipelineParallel = 2, VirtualPipeline = 2 }, "at most the 1 micro batches");
        Refused(Run with { VirtualPipeline = 2, GradientAccumulation = 4 }, "-PipelineParallel");
        Refused(Run with { PipelineParallel = 4, VirtualPipeline = 3, GradientAccumulation = 5 }, "leave 1 beside groups of 4");
        Refused(Run with { ContextParallel = 3 }, "2 x 3 pieces");
        Refused(Run with { GlobalBatchSize = 7 }, "global batch of 7");
        Refused(Run with { ExpertParallelSize = 2 }, "no experts");
        Refused(Run with { DataParallel = 70_000 }, "65536");
        Refused(Run with { DataParallel = int.MaxValue, TensorParallel = 4, ContextParallel = int.MaxValue }, "65536");
        Refused(Run with { TensorParallel = 4, SequenceParallel = true, SequenceLength = 510 }, "sequence parallelism");
    }

    [Theory]
    [InlineData("Ettt", "1 pieces")]
    [InlineData("E(tt", "letter")]
    [InlineData("Et)ttL", "letter 3")]
    [InlineData("Et*0tttL", "letter 4")]
    [InlineData("Et*99999999999L", "letter 4")]
    [InlineData("Et*4096|t*4096|L", "longer")]
    [InlineData("Ex|tL", "letter 2")]
    [InlineData("(E(t))|tL", "letter 3")]
    [InlineData("Et*6|t*5L", "11 layers")]
    [InlineData("t*6|t*6EL", "begin")]
    [InlineData("Et*6|t*6mL", "-MtpLayers is 0")]
    [InlineData("Et*4|t*4|t*4L", "3 pieces")]
    [InlineData("", "1 pieces")]
    public void Layouts_that_cannot_be_read_are_refused(string layout, string why)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Estimate(Run with { PipelineParallel = 2, PipelineLayout = layout }));

        Assert.Equal(ErrorIds.TrainingSettingInvalid, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Megatron_does_not_have_is_refused()
    {
        Refused(Run with { Sharding = Sharding.FullShard }, "-DistributedOptimizer");
        Refused(Run with { Adapter = LlmMemory.Adapters.AdapterBuilder.Build(TrainingModels.Named("gpt2"), new LlmMemory.Adapters.AdapterSpecification()) }, "HFTrainer");
        Refused(Run with { OptimizerInBackward = true }, "OptimizerInBackward");
        Refused(Run with { Precision = TrainingPrecision.Mixed }, "autocast");
        Refused(Run with { Optimizer = Optimizer.AdamW8Bit }, "AdamWFused");
        Refused(Run with { Recompute = Recomputation.Offloaded }, "-Recompute Full");
        Refused(Run with { LayerKernels = LayerKernels.Liger }, "TransformerEngine");
        Refused(Run with { LayerKernels = LayerKernels.Eager, AttentionKernel = AttentionKernel.Flash }, "-AttentionKernel Eager");
        Refused(Run with { LossKernel = LossKernel.Cut }, "-LossKernel Torch");
        Refused(Run, "what Megatron keeps of these is not known", model: "mamba-130m");
        Refused(Run, "an encoder and a decoder", model: "flan-t5-small");
    }

    [Fact]
    public void Other_frameworks_refuse_what_Megatron_alone_has()
    {
        Refuses(Run with { TensorParallel = 2 }, "HFTrainer has no tensor parallelism: write -Framework Megatron");
        Refuses(Run with { PipelineParallel = 2 }, "pipeline parallelism");
        Refuses(Run with { ContextParallel = 2 }, "context parallelism");
        Refuses(Run with { ExpertParallelSize = 2 }, "expert parallelism");
        Refuses(Run with { DistributedOptimizer = true }, "distributed optimizer");
        Refuses(Run with { Recompute = Recomputation.Block }, "block of layers");
        Refuses(Run with { LossKernel = LossKernel.Compiled }, "native loss fusion");
        Refuses(Run with { LayerKernels = LayerKernels.TransformerEngine }, "Transformer Engine");
        Assert.Equal(1, TrainingFrameworks.HuggingFaceTrainer.Estimate(TrainingModels.Named("gpt2"), Run with { TensorParallel = 1, GradientAccumulationFusion = null }).DeviceCount);
    }

    private static void Refuses(TrainingRun run, string why)
    {
        var error = Assert.Throws<LlmMemoryException>(() => TrainingFrameworks.HuggingFaceTrainer.Estimate(TrainingModels.Named("gpt2"), run));
        Assert.Equal(ErrorIds.TrainingSettingInvalid, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static void Refused(TrainingRun run, string why, string good = "", string model = "gpt2")
    {
        var error = Assert.Throws<LlmMemoryException>(() => Estimate(run, model: model));
        Assert.Equal(ErrorIds.TrainingSettingInvalid, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(good, error.Message, StringComparison.Ordinal);
    }

    private static MemoryEstimate Estimate(TrainingRun run, string format = "BF16", string model = "gpt2")
    {
        return TrainingFrameworks.Megatron.Estimate(TrainingModels.Named(model, format), run);
    }

    private static long States(MemoryEstimate estimate, int device, Func<MemoryComponent, bool>? wanted = null)
    {
        string[] names = ["Weights", "Main gradients", "Main weights", "Optimizer states", "Main gradients in 32 bits"];
        return estimate.Components.Where(part => part.Device == $"Device {device}" && names.Contains(part.Name) && wanted?.Invoke(part) != false).Sum(part => part.Bytes);
    }

    private static long Kept(MemoryEstimate estimate, int device)
    {
        return estimate.Components
            .Where(part => part.Device == $"Device {device}" && (part.Name.StartsWith("Kept: ", StringComparison.Ordinal) || part.Name == "Inputs of layers"))
            .Sum(part => part.Bytes);
    }

    private static long Named(MemoryEstimate estimate, string name, int device)
    {
        return estimate.Components.Single(part => part.Device == $"Device {device}" && part.Name == name).Bytes;
    }
}
