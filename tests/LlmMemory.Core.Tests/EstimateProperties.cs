using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.DataTypes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Core.Tests;

/// <summary>What holds for every estimate, whatever the model and the settings.</summary>
[Properties(Arbitrary = [typeof(EstimateProperties)], MaxTest = 500)]
public sealed class EstimateProperties
{
    /// <summary>One model and one way to use it.</summary>
    public sealed record Scenario(
        long Parameters, long AdapterParameters, DataType DataType, EstimateMode Mode, TrainingWorkload Training);

    /// <summary>Makes cases over the whole range that cannot overflow.</summary>
    public static Arbitrary<Scenario> Scenarios()
    {
        var counts = from exponent in Gen.Choose(0, 14)
                     from digits in Gen.Choose(1, 9_999)
                     select (long)(digits * Math.Pow(10, Math.Max(0, exponent - 3)));
        var workloads = from optimizer in Gen.Elements(Optimizer.All.Where(optimizer => optimizer.StatesPerParameter is not null).ToArray())
                        from margin in Gen.Choose(0, 100)
                        from multiplier in Gen.Choose(100, 800)
                        select new TrainingWorkload
                        {
                            Optimizer = optimizer,
                            SafetyMargin = margin / 100m,
                            TrainingMultiplier = multiplier / 100m,
                        };
        var scenarios = from parameters in counts
                    from adapter in counts
                    from dataType in Gen.Elements(DataTypeCatalogue.All.ToArray())
                    from mode in Gen.Elements(EstimateMode.All.ToArray())
                    from training in workloads
                    select new Scenario(parameters, adapter, dataType, mode, training);
        return scenarios.ToArbitrary();
    }

    [Property]
    public bool The_total_is_the_sum_of_the_components(Scenario given)
    {
        return IsAdditive(Model(given)) && IsAdditive(Adapter(given));
    }

    [Property]
    public bool The_columns_add_up_to_the_total(Scenario given)
    {
        return ColumnSum(Model(given)) == Model(given).TotalBytes && ColumnSum(Adapter(given)) == Adapter(given).TotalBytes;
    }

    [Property]
    public bool More_parameters_never_take_less(Scenario given, PositiveInt more)
    {
        var larger = given with { Parameters = given.Parameters + more.Get };
        return Model(larger).TotalBytes >= Model(given).TotalBytes && Adapter(larger).TotalBytes >= Adapter(given).TotalBytes;
    }

    [Property]
    public bool A_larger_adapter_never_takes_less(Scenario given, PositiveInt more)
    {
        var larger = given with { AdapterParameters = given.AdapterParameters + more.Get };
        return Adapter(larger).TotalBytes >= Adapter(given).TotalBytes;
    }

    [Property]
    public bool More_bits_never_take_less(Scenario given)
    {
        // Whole blocks only: a lone weight of a block type pays for its block.
        var whole = given with { Parameters = given.Parameters * 64 };
        var totals = DataTypeCatalogue.All
            .OrderBy(dataType => dataType.BitsPerWeight)
            .Select(dataType => Model(whole with { DataType = dataType }).TotalBytes)
            .ToArray();
        return totals.SequenceEqual(totals.Order());
    }

    [Property]
    public bool A_higher_multiplier_or_margin_never_takes_less(Scenario given)
    {
        var training = given.Training;
        var higher = given with
        {
            Training = training with
            {
                TrainingMultiplier = training.TrainingMultiplier + 0.5m,
                SafetyMargin = Math.Min(1, training.SafetyMargin!.Value + 0.05m),
            },
        };
        return Model(higher).TotalBytes >= Model(given).TotalBytes && Adapter(higher).TotalBytes >= Adapter(given).TotalBytes;
    }

    [Property]
    public bool Training_never_takes_less_than_inference(Scenario given)
    {
        return Model(given with { Mode = EstimateMode.Training }).TotalBytes
            >= Model(given with { Mode = EstimateMode.Inference }).TotalBytes;
    }

    [Property]
    public bool The_culture_changes_nothing(Scenario given)
    {
        return Text(given, "de-DE") == Text(given, "en-US") && Text(given, "ar-SA") == Text(given, "en-US");
    }

    [Property]
    public bool A_written_count_reads_back(Scenario given)
    {
        return ParameterCount.Parse(ParameterCount.Format(given.Parameters)) == given.Parameters;
    }

    private static MemoryEstimate Model(Scenario given)
    {
        return ModelEstimator.Estimate(given.Parameters, given.DataType, given.Mode, given.Training);
    }

    private static MemoryEstimate Adapter(Scenario given)
    {
        return AdapterEstimator.Estimate(
            given.Parameters,
            given.DataType,
            new AdapterWorkload { AdapterParameters = given.AdapterParameters, Training = given.Training });
    }

    private static bool IsAdditive(MemoryEstimate estimate)
    {
        return estimate.Components.All(component => component.Bytes >= 0)
            && estimate.Components.Sum(component => component.Bytes) == estimate.TotalBytes
            && estimate.Devices.Sum(device => device.Bytes) == estimate.TotalBytes
            && Math.Abs(estimate.Components.Sum(component => component.Percent) - 100) < 1e-6;
    }

    private static long ColumnSum(MemoryEstimate estimate)
    {
        long?[] columns =
        [
            estimate.WeightBytes,
            estimate.KvCacheBytes,
            estimate.ActivationBytes,
            estimate.GradientBytes,
            estimate.OptimizerBytes,
            estimate.AdapterBytes,
            estimate.OverheadBytes,
            estimate.SafetyMarginBytes,
        ];
        return columns.Sum() ?? 0;
    }

    private static string Text(Scenario given, string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var estimate = Model(given);
            return string.Join('\n', estimate.Components.Select(component => component.ToString()).Append(estimate.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
