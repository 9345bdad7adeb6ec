using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Planning.Limits;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>A question for the search of limits, and how to answer it by trying value after value.</summary>
/// <param name="Name">What a failed test calls it.</param>
/// <param name="Case">The case.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Direction">The end that is looked for.</param>
/// <param name="Pool">The devices.</param>
/// <param name="First">The least value.</param>
/// <param name="Last">The greatest value.</param>
/// <param name="At">The case with a value, made without the search's own scale.</param>
internal sealed record LimitQuestion(
    string Name, EstimateCase Case, string Setting, LimitDirection Direction, DevicePool Pool, long First, long Last, Func<long, EstimateCase> At)
{
    private const int FewValues = 1100;

    /// <summary>The devices for a value; all when null.</summary>
    public Func<long, DevicePool>? PoolAt { get; init; }

    /// <summary>What a value is called in the answer.</summary>
    public Func<long, object> Show { get; init; } = value => value;

    /// <summary>Where the answer should be near, for values to try.</summary>
    public long Near { get; init; }

    /// <summary>True where every value is tried.</summary>
    public bool IsExhaustive { get; init; }

    public MemoryLimit Search()
    {
        return LimitSearch.Find(Case, LimitSettings.All.Find(Setting), Direction, Pool);
    }

    public MemoryFit Judge(long value)
    {
        return FitJudge.Judge(At(value), PoolAt?.Invoke(value) ?? Pool);
    }

    /// <summary>What is refused does not fit.</summary>
    public bool Fits(long value)
    {
        try
        {
            return Judge(value).Fits;
        }
        catch (LlmMemoryException)
        {
            return false;
        }
    }

    /// <summary>How the search and trying differ; null where they do not.</summary>
    /// <param name="random">Chooses the values to try where they are too many.</param>
    public string? Difference(Random random)
    {
        object? answer;
        try
        {
            answer = Search().Value;
        }
        catch (LlmMemoryException error)
        {
            return $"{Name}: {error.Message}";
        }

        var values = Values(answer as long?, random).Distinct().OrderBy(value => Direction == LimitDirection.Maximize ? -value : value);
        object? tried = values.Where(Fits).Select(Show).FirstOrDefault();
        return Equals(answer, tried) ? null : $"{Name}: {Direction} {Setting} found {answer ?? "none"}, and {tried ?? "none"} fits; {Pool.Devices[0].AvailableBytes} bytes";
    }

    private IEnumerable<long> Values(long? answer, Random random)
    {
        if (Last - First < 70 || (IsExhaustive && Last - First < FewValues))
        {
            for (var value = First; value <= Last; value++)
            {
                yield return value;
            }

            yield break;
        }

        var around = answer ?? First;
        for (var value = Math.Max(First, around - 3); value <= Math.Min(Last, around + 8); value++)
        {
            yield return value;
        }

        yield return First;
        yield return Last;
        yield return Near;
        for (var time = 0; time < 14; time++)
        {
            yield return Math.Clamp(First + (long)Math.Exp(random.NextDouble() * Math.Log(Math.Max(2, 4.0 * around))), First, Last);
        }
    }
}
