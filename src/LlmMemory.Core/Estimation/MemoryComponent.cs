using System;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation;

/// <summary>One line of an estimate: a named thing that takes memory.</summary>
public sealed class MemoryComponent
{
    private readonly Func<string> _formula;

    internal MemoryComponent(ComponentDraft draft, string device, string phase, bool isInPeak, long totalBytes)
    {
        Name = draft.Name;
        Bytes = draft.Bytes;
        Source = draft.Source;
        _formula = draft.Formula;
        Device = device;
        Phase = phase;
        IsInPeak = isInPeak;
        Percent = totalBytes == 0 ? 0 : 100.0 * draft.Bytes / totalBytes;
    }

    /// <summary>What it is: <c>Gradients</c>.</summary>
    public string Name { get; }

    /// <summary>Its size in bytes, exact under the formula.</summary>
    public long Bytes { get; }

    /// <summary>Its size in GB (1e9 bytes).</summary>
    public double GB => ByteSize.ToGB(Bytes);

    /// <summary>Its size in GiB (2^30 bytes).</summary>
    public double GiB => ByteSize.ToGiB(Bytes);

    /// <summary>Its share of the whole that it is listed under, 0 to 100: of the estimate's total, or of a device's bytes.</summary>
    public double Percent { get; }

    /// <summary>The device that holds it.</summary>
    public string Device { get; }

    /// <summary>The phases in which it lives.</summary>
    public string Phase { get; }

    /// <summary>True where it lives in the binding phase, and so is part of the estimate's total.</summary>
    public bool IsInPeak { get; }

    /// <summary>How its size comes about, in words and numbers. Written only when it is read.</summary>
    public string Formula => _formula();

    /// <summary>Where the formula comes from.</summary>
    public string Source { get; }

    /// <summary>Name, size and formula in one line.</summary>
    public override string ToString()
    {
        return $"{Name}: {ByteSize.FormatGB(Bytes)} ({Formula})";
    }
}
