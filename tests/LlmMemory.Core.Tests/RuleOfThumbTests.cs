using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Workloads;
using Xunit;

namespace LlmMemory.Core.Tests;

/// <summary>The worked figures of the published rule, to the byte.</summary>
public sealed class RuleOfThumbTests
{
    private const long Billion = 1_000_000_000;
    private const long Million = 1_000_000;

    [Theory]
    [InlineData("BF16", 14_000 * Million)]
    [InlineData("F16", 14_000 * Million)]
    [InlineData("F32", 28_000 * Million)]
    [InlineData("FP8", 7_000 * Million)]
    [InlineData("INT8", 7_000 * Million)]
    [InlineData("INT4", 3_500 * Million)]
    [InlineData("NF4", 3_937_500_000)]
    public void Inference_is_the_storage(string dataType, long expectedBytes)
    {
        var estimate = Estimate(7 * Billion, dataType, EstimateMode.Inference, new TrainingWorkload());

        Assert.Equal(expectedBytes, estimate.StorageBytes);
        Assert.Equal(expectedBytes, estimate.InferenceBytes);
        Assert.Equal(expectedBytes, estimate.TotalBytes);
        Assert.Null(estimate.TrainingBytes);
        Assert.Null(estimate.SafetyMarginBytes);
    }

    [Theory]
    [InlineData(13, "float", "AdamW", 0.2, 4, 52_000, 208_000, 104_000, 364_000, 436_800)]
    [InlineData(13, "float", "SGD", 0.2, 4, 52_000, 208_000, 52_000, 312_000, 374_400)]
    [InlineData(13, "float", "AdamW", 0.1, 4, 52_000, 208_000, 104_000, 364_000, 400_400)]
    [InlineData(13, "float", "AdamW", 0.2, 3, 52_000, 156_000, 104_000, 312_000, 374_400)]
    [InlineData(7, "BF16", "AdamW", 0.2, 4, 14_000, 56_000, 28_000, 98_000, 117_600)]
    [InlineData(7, "float", "AdamW", 0.2, 4, 28_000, 112_000, 56_000, 196_000, 235_200)]
    public void Training_gives_the_worked_figures(
        long billions,
        string dataType,
        string optimizer,
        double margin,
        int multiplier,
        long storageMB,
        long trainingMB,
        long optimizerMB,
        long subtotalMB,
        long totalMB)
    {
        var workload = new TrainingWorkload
        {
            Optimizer = Optimizer.All.Find(optimizer),
            SafetyMargin = (decimal)margin,
            TrainingMultiplier = multiplier,
        };

        var estimate = Estimate(billions * Billion, dataType, EstimateMode.Training, workload);

        Assert.Equal(storageMB * Million, estimate.StorageBytes);
        Assert.Equal(storageMB * Million, estimate.InferenceBytes);
        Assert.Equal(trainingMB * Million, estimate.TrainingBytes);
        Assert.Equal(storageMB * Million, estimate.GradientBytes);
        Assert.Equal(optimizerMB * Million, estimate.OptimizerBytes);
        Assert.Equal(subtotalMB * Million, estimate.SubtotalBytes);
        Assert.Equal(totalMB * Million, estimate.TotalBytes);
    }

    [Theory]
    [InlineData("BF16", "LoRA", 14_672_000_000)]
    [InlineData("INT4", "QLoRA", 4_172_000_000)]
    [InlineData("NF4", "QLoRA", 4_609_500_000)]
    public void A_fine_tuning_is_base_inference_and_adapter_training(string baseType, string mode, long totalBytes)
    {
        var adapter = new AdapterWorkload { AdapterParameters = 20 * Million };

        var estimate = AdapterEstimator.Estimate(7 * Billion, DataTypeCatalogue.All.Find(baseType), adapter);

        Assert.Equal(totalBytes, estimate.TotalBytes);
        Assert.Equal(mode, estimate.Mode);
        Assert.Equal(320 * Million, estimate.TrainingBytes);
        Assert.Equal(80 * Million, estimate.AdapterBytes);
        Assert.Equal(80 * Million, estimate.GradientBytes);
        Assert.Equal(160 * Million, estimate.OptimizerBytes);
        Assert.Equal(560 * Million, estimate.SubtotalBytes);
    }

    [Fact]
    public void Defaults_are_reported_as_assumptions()
    {
        var estimate = ModelEstimator.Estimate(7 * Billion, null, EstimateMode.Training, new TrainingWorkload());

        Assert.Equal("BF16", estimate.DataType);
        Assert.Equal(117_600 * Million, estimate.TotalBytes);
        string[] parameters = ["-DataType", "-Optimizer", "-SafetyMargin", "-TrainingMultiplier"];
        foreach (var parameter in parameters)
        {
            Assert.Contains(estimate.Assumptions, assumption => assumption.EndsWith($"by default ({parameter}).", System.StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_was_said_is_no_assumption()
    {
        var workload = new TrainingWorkload { Optimizer = Optimizer.SGD, SafetyMargin = 0.1m, TrainingMultiplier = 3 };

        var estimate = Estimate(7 * Billion, "F32", EstimateMode.Training, workload);

        Assert.DoesNotContain(estimate.Assumptions, assumption => assumption.Contains("by default", System.StringComparison.Ordinal));
    }

    [Fact]
    public void Components_show_the_formula_in_words_and_numbers()
    {
        var estimate = Estimate(13 * Billion, "float", EstimateMode.Training, new TrainingWorkload());

        Assert.Equal(
            [
                ("Weights", "parameters x bytes = 13 B x 4 bytes"),
                ("Training working set", "(multiplier - 1) x weights = (4 - 1) x 52 GB"),
                ("Gradients", "parameters x bytes = 13 B x 4 bytes"),
                ("Optimizer states", "AdamW states x parameters x bytes = 2 x 13 B x 4 bytes"),
                ("Safety margin", "margin x subtotal = 20 % x 364 GB"),
            ],
            estimate.Components.Select(component => (component.Name, component.Formula)));
        Assert.All(estimate.Components, component => Assert.StartsWith("Rule of thumb, docs/", component.Source, System.StringComparison.Ordinal));
    }

    [Fact]
    public void An_estimate_without_measurements_says_so()
    {
        var estimate = Estimate(7 * Billion, "BF16", EstimateMode.Inference, new TrainingWorkload());

        Assert.Equal(EstimateValidation.Unvalidated, estimate.Validation);
        Assert.Null(estimate.LowBytes);
        Assert.Null(estimate.HighBytes);
    }

    [Theory]
    [InlineData(4_000_000_000_000_000_000, "F32", 4)]
    [InlineData(1_000_000_000, "F32", 1e18)]
    public void An_estimate_beyond_64_bits_is_an_error_of_its_own(long parameters, string dataType, double multiplier)
    {
        var workload = new TrainingWorkload { TrainingMultiplier = (decimal)multiplier };

        var error = Assert.Throws<LlmMemoryException>(
            () => Estimate(parameters, dataType, EstimateMode.Training, workload));

        Assert.Equal(ErrorIds.EstimateOverflow, error.ErrorId);
        Assert.Equal(parameters, error.Value);
    }

    [Theory]
    [InlineData(0, 4, 0.2, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(-7, 4, 0.2, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(7, 0.5, 0.2, ErrorIds.TrainingMultiplierOutOfRange)]
    [InlineData(7, 4, -0.2, ErrorIds.SafetyMarginOutOfRange)]
    [InlineData(7, 4, 1.2, ErrorIds.SafetyMarginOutOfRange)]
    public void A_caller_of_the_engine_is_held_to_the_same_ranges(
        long parameters, double multiplier, double margin, string errorId)
    {
        var workload = new TrainingWorkload { TrainingMultiplier = (decimal)multiplier, SafetyMargin = (decimal)margin };

        var error = Assert.Throws<LlmMemoryException>(
            () => Estimate(parameters, "BF16", EstimateMode.Training, workload));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void Estimates_order_by_their_total()
    {
        var small = Estimate(7 * Billion, "INT4", EstimateMode.Inference, new TrainingWorkload());
        var large = Estimate(7 * Billion, "INT8", EstimateMode.Inference, new TrainingWorkload());

        Assert.True(small.CompareTo(large) < 0);
        Assert.True(large.CompareTo(null) > 0);
        Assert.Equal("7 B INT4 Inference: 3.5 GB", small.ToString());
    }

    private static MemoryEstimate Estimate(
        long parameters, string dataType, EstimateMode mode, TrainingWorkload workload)
    {
        return ModelEstimator.Estimate(parameters, DataTypeCatalogue.All.Find(dataType), mode, workload);
    }
}
