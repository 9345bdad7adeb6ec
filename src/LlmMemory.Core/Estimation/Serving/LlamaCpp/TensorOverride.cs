using System;
using System.Globalization;
using System.Text.RegularExpressions;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// A rule that puts tensors somewhere else (<c>--override-tensor</c>): a regular expression that is searched in their
/// names, and the buffer that the first rule to match chooses. Source: ggml-org/llama.cpp, common/arg.cpp
/// (parse_tensor_buffer_overrides) and src/llama-model-loader.cpp (create_tensor).
/// </summary>
public sealed class TensorOverride
{
    private const int MaxPatternLength = 1024;

    private const string Example = @"Write it as regex=buffer, such as \.ffn_.*_exps\.=CPU or blk\.[0-9]\.=CUDA1.";

    // A name is matched in microseconds; a pattern that needs longer backtracks without end.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(50);

    private readonly Regex _regex;

    private TensorOverride(string pattern, string buffer, int? gpu, Regex regex)
    {
        Pattern = pattern;
        Buffer = buffer;
        Gpu = gpu;
        _regex = regex;
    }

    /// <summary>The regular expression.</summary>
    public string Pattern { get; }

    /// <summary>The buffer as llama.cpp calls it: CPU, CUDA0.</summary>
    public string Buffer { get; }

    /// <summary>The GPU, from 0; null for the host.</summary>
    internal int? Gpu { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The rule, <c>regex=buffer</c>.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TensorOverrideInvalid"/>.</exception>
    public static TensorOverride Parse(string text)
    {
        // As in llama.cpp, the first equals sign ends the pattern.
        var equals = text?.IndexOf('=') ?? -1;
        if (text is null || equals <= 0 || equals > MaxPatternLength)
        {
            throw Invalid(text, "is no rule for tensors");
        }

        var pattern = text.Substring(0, equals);
        var buffer = text.Substring(equals + 1);
        return new TensorOverride(pattern, buffer, GpuOf(buffer, text), RegexOf(pattern, text));
    }

    /// <summary>The rule as it was given.</summary>
    public override string ToString()
    {
        return $"{Pattern}={Buffer}";
    }

    /// <summary>True where the rule is about that tensor.</summary>
    /// <param name="tensor">Its name in the GGUF file.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TensorOverrideInvalid"/>: the pattern backtracks without end.</exception>
    internal bool Matches(string tensor)
    {
        try
        {
            return _regex.IsMatch(tensor);
        }
        catch (RegexMatchTimeoutException timeout)
        {
            throw Invalid(ToString(), $"needs longer than {MatchTimeout.TotalMilliseconds} ms for one tensor", timeout);
        }
    }

    // CPU, or a device's name with its number: CUDA0, ROCm1, Vulkan0, SYCL0. Metal has one device and no number.
    private static int? GpuOf(string buffer, string text)
    {
        if (buffer == "CPU")
        {
            return null;
        }

        var digits = buffer.Length;
        while (digits > 0 && buffer[digits - 1] is >= '0' and <= '9')
        {
            digits--;
        }

        if (buffer is "Metal" or "MTL0")
        {
            return 0;
        }

        return digits > 0 && int.TryParse(buffer.Substring(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var gpu)
            ? gpu
            : throw Invalid(text, "names no buffer that llama.cpp has");
    }

    private static Regex RegexOf(string pattern, string text)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (ArgumentException error)
        {
            throw Invalid(text, "starts with no regular expression", error);
        }
    }

    private static LlmMemoryException Invalid(string? text, string what, Exception? cause = null)
    {
        return new LlmMemoryException(ErrorIds.TensorOverrideInvalid, text, $"{Quoted.Value(text)} {what}. {Example}", cause);
    }
}
