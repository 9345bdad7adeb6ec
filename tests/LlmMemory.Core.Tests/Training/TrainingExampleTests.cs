using System;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>What surprises people about training, in numbers; and what is refused.</summary>
public sealed class TrainingExampleTests
{
    private const long GiB = 1L << 30;

    // PyTorch's AdamW holds a copy of the second moments while it steps: 10 bytes for each weight in BF16. IBM measured
    // 67.46 GiB of Mistral-7B on one A100 (fms-acceleration refs/a100_80gb.csv): 7,241,732,096 x 10 = 67.44 GiB.
    [Fact]
    public void The_optimizer_step_can_be_the_peak()
    {
        var run = new TrainingRun { SequenceLength = 128, MicroBatchSize = 1 };
        var eager = Estimate("mistral-7b-v0.1", run);
        var fused = Estimate("mistral-7b-v0.1", run with { Optimizer = Optimizer.AdamWFused });

        Assert.Equal("Optimizer step", eager.Phase);
        Assert.Equal(7_241_732_096 * 10, eager.TotalBytes);
        Assert.Equal(7_241_732_096 * 8, Step(fused));
    }

    // docs.pytorch.org, DistributedDataParallel: gradient_as_bucket_view saves memory equal to the total gradients size.
    [Fact]
    public void Distributed_data_parallel_has_gradients_twice()
    {
        var run = new TrainingRun { SequenceLength = 128, MicroBatchSize = 1 };
        var one = Estimate("llama-3.2-1b", run);
        var two = Estimate("llama-3.2-1b", run with { DataParallel = 2, Sharding = Sharding.None });

        Assert.Equal(2 * one.Parameters, two.MaxDeviceBytes - one.MaxDeviceBytes);
    }

    // accelerate upcasts what FSDP trains under mixed precision: IBM measured the same peak on 4 ranks with upcast as on 2
    // without, 33.74 GiB of Mistral-7B.
    [Fact]
    public void Mixed_precision_under_FSDP_doubles_the_states()
    {
        var run = new TrainingRun { SequenceLength = 128, MicroBatchSize = 1, Sharding = Sharding.FullShard, DataParallel = 8, Precision = TrainingPrecision.Pure };
        var pure = Estimate("mistral-7b-v0.1", run);
        var mixed = Estimate("mistral-7b-v0.1", run with { Precision = TrainingPrecision.Mixed });

        Assert.Equal(7_241_732_096 * 10 / 8, Step(pure) / 8);
        Assert.Equal(7_241_732_096 * 20 / 8, Step(mixed) / 8);
    }

    [Fact]
    public void Adapters_of_all_projections_keep_more_than_full_training()
    {
        var run = new TrainingRun { SequenceLength = 4096, MicroBatchSize = 4, LossKernel = LossKernel.FusedLinear };
        var adapter = AdapterBuilder.Build(TrainingModels.Named("llama-3-8b"), new AdapterSpecification { Rank = 16, TargetModules = ["all-linear"] });
        var full = Estimate("llama-3-8b", run);
        var lora = Estimate("llama-3-8b", run with { Adapter = adapter });

        Assert.True(Kept(lora) > Kept(full), $"{Kept(lora)} {Kept(full)}");
    }

    // 4 x 4096 tokens x 151,936 logits x (4 + 4 + 4) bytes: more than the weights of the model.
    [Fact]
    public void Logits_of_a_large_vocabulary_dwarf_a_small_model()
    {
        var estimate = Estimate("qwen3-0.6b", new TrainingRun { SequenceLength = 4096, MicroBatchSize = 4, Recompute = Recomputation.Full });
        var logits = estimate.Components.Where(part => part.IsInPeak && part.Name.Contains("ogits", StringComparison.Ordinal) || part.IsInPeak && part.Name.Contains("log-softmax", StringComparison.Ordinal)).Sum(part => part.Bytes);

        Assert.Equal("Loss", estimate.Phase);
        Assert.Equal(4L * 4096 * 151_936 * 12, logits);
        Assert.True(logits > 10 * estimate.WeightBytes);
    }

    // bitsandbytes: 2 bytes and two scales of 4 for each 256; HF's Trainer leaves the embedding at 32 bits.
    [Fact]
    public void AdamW_of_8_bits_saves_less_than_it_seems()
    {
        var run = new TrainingRun { SequenceLength = 128, MicroBatchSize = 1 };
        var wide = Estimate("llama-3.2-1b", run).OptimizerBytes;
        var narrow = Estimate("llama-3.2-1b", run with { Optimizer = Optimizer.AdamW8Bit });
        const long Embedding = 128_256L * 2048;

        Assert.True(narrow.OptimizerBytes > Embedding * 8 + ((narrow.Parameters - Embedding) * 2));
        Assert.True(narrow.OptimizerBytes < wide);
    }

    [Theory]
    [InlineData("deepseek-v3.2", "FP8-Block", ErrorIds.TrainingNeedsPlainWeights)]
    [InlineData("gpt2", "NF4", ErrorIds.TrainingNeedsPlainWeights)]
    public void Quantised_weights_are_not_trained(string model, string format, string error)
    {
        Assert.Equal(error, Assert.Throws<LlmMemoryException>(
            () => TrainingFrameworks.Default.Estimate(TrainingModels.Named(model, format), new TrainingRun())).ErrorId);
    }

    [Theory]
    [InlineData(4, 2, null, 10)]
    [InlineData(4, 2, 2, 12)]
    [InlineData(3, 1, null, 64)]
    public void A_global_batch_that_does_not_divide_is_an_error(int micro, int ranks, int? accumulation, int global)
    {
        var run = new TrainingRun
        {
            MicroBatchSize = micro,
            DataParallel = ranks,
            GradientAccumulation = accumulation,
            GlobalBatchSize = global,
        };
        var error = Assert.Throws<LlmMemoryException>(() => Estimate("gpt2", run));

        Assert.Equal(ErrorIds.TrainingSettingInvalid, error.ErrorId);
        Assert.Equal(global, error.Value);
    }

    [Fact]
    public void A_global_batch_says_the_accumulation()
    {
        Assert.Equal(8, Estimate("gpt2", new TrainingRun { MicroBatchSize = 2, DataParallel = 4, GlobalBatchSize = 64 }).GradientAccumulation);
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("soon")]
    public void An_unknown_version_is_an_error(string version)
    {
        var error = Assert.Throws<LlmMemoryException>(
            () => TrainingFrameworks.Default.Estimate(TrainingModels.Named("gpt2"), new TrainingRun(), version));

        Assert.Equal(ErrorIds.FrameworkVersionUnknown, error.ErrorId);
    }

    [Fact]
    public void A_training_too_large_for_64_bits_is_an_error()
    {
        var error = Assert.Throws<LlmMemoryException>(
            () => Estimate("gpt2", new TrainingRun { SequenceLength = long.MaxValue / 4, MicroBatchSize = 1000 }));

        Assert.Equal(ErrorIds.EstimateOverflow, error.ErrorId);
    }

    [Fact]
    public void Every_model_of_the_catalogue_can_be_trained()
    {
        var run = new TrainingRun { SequenceLength = 512, MicroBatchSize = 1, Recompute = Recomputation.Full };
        foreach (var entry in ModelCatalogue.All)
        {
            var model = ModelReader.FromCatalogue(entry);
            if (model.Quantization is not null)
            {
                continue;
            }

            var estimate = TrainingFrameworks.Default.Estimate(model, run);

            Assert.True(estimate.TotalBytes > 4 * model.WeightBytes * (model.TextParameters / (double)model.Parameters) / 2, entry.Name);
            Assert.Contains(estimate.Components, part => part.Name.StartsWith("One layer", StringComparison.Ordinal) && part.Bytes > 0);
        }
    }

    private static MemoryEstimate Estimate(string model, TrainingRun run)
    {
        return TrainingFrameworks.Default.Estimate(TrainingModels.Named(model), run);
    }

    private static long Step(MemoryEstimate estimate)
    {
        return estimate.Phases.Single(phase => phase.Phase == "Optimizer step").TotalBytes;
    }

    private static long Kept(MemoryEstimate estimate)
    {
        return estimate.Components.Where(part => part.Name.StartsWith("Kept", StringComparison.Ordinal)).Sum(part => part.Bytes);
    }
}
