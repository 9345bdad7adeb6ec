using System;
using System.Globalization;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Calibration;

/// <summary>What is made of a component's estimate: the median of the logs, and their range.</summary>
internal sealed class ComponentCorrection
{
    private readonly CalibratedQuantity _quantity;
    private readonly double[] _values;
    private readonly double _median;

    /// <summary>Takes the logs' corrections.</summary>
    /// <param name="quantity">The component.</param>
    /// <param name="values">One of each log, from the least to the greatest; not empty.</param>
    public ComponentCorrection(CalibratedQuantity quantity, double[] values)
    {
        _quantity = quantity;
        _values = values;
        var middle = values.Length / 2;
        _median = values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <summary>The component.</summary>
    public string Name => _quantity.Name;

    /// <summary>How many logs stand behind it.</summary>
    public int Logs => _values.Length;

    /// <summary>The estimate, calibrated.</summary>
    /// <param name="bytes">The estimate, as the rules have it.</param>
    public long Of(long bytes)
    {
        return Apply(bytes, _median);
    }

    /// <summary>The same by the log with the least.</summary>
    /// <param name="calibrated">The calibrated estimate.</param>
    public long LeastOf(long calibrated)
    {
        return FromMedianTo(calibrated, _values[0]);
    }

    /// <summary>The same by the log with the most.</summary>
    /// <param name="calibrated">The calibrated estimate.</param>
    public long GreatestOf(long calibrated)
    {
        return FromMedianTo(calibrated, _values[_values.Length - 1]);
    }

    /// <summary>The correction in words: <c>x 0.851, the median of 3 logs (0.830 to 0.902)</c>.</summary>
    public override string ToString()
    {
        return _values.Length == 1
            ? $"{Written(_median)}, of 1 log"
            : $"{Written(_median)}, the median of {_values.Length} logs ({Written(_values[0])} to {Written(_values[_values.Length - 1])})";
    }

    private long FromMedianTo(long calibrated, double value)
    {
        return _quantity.Scales ? Apply(calibrated, value / _median) : Apply(calibrated, value - _median);
    }

    private long Apply(long bytes, double value)
    {
        return Math.Max(0, checked((long)Math.Round(_quantity.Scales ? bytes * value : bytes + value)));
    }

    private string Written(double value)
    {
        return _quantity.Scales
            ? string.Format(CultureInfo.InvariantCulture, "x {0:0.0000}", value)
            : string.Format(CultureInfo.InvariantCulture, "{0:+0.000;-0.000;+0.000} GB", ByteSize.ToGB((long)value));
    }
}
