using System;
using System.Collections.Generic;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Comparison;

/// <summary>The errors of logs.</summary>
internal static class LogError
{
    /// <summary>A log is not there.</summary>
    public static LlmMemoryException NotFound(string path, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.LogNotFound, path, $"'{path}' is not there. Give the path of an engine's log, such as ./vllm.log.", cause);
    }

    /// <summary>The system does not hand a log out.</summary>
    public static LlmMemoryException Unreadable(string path, Exception cause)
    {
        return new LlmMemoryException(
            ErrorIds.LogUnreadable,
            path,
            $"'{path}' cannot be read: {cause.Message} Give a file that is not locked and that you may read, such as ./vllm.log.",
            cause);
    }

    /// <summary>A log is longer than what is read.</summary>
    public static LlmMemoryException TooLarge(string name, long maxLength)
    {
        return new LlmMemoryException(
            ErrorIds.LogTooLarge,
            name,
            $"{Quoted.Value(name)} has more than {maxLength} letters. Give the part that the engine wrote when it started: "
            + "Get-Content -TotalCount 5000 and pipe it here.");
    }

    /// <summary>A log reports more figures than any engine does.</summary>
    public static LlmMemoryException TooManyFigures(string name, int maxFigures)
    {
        return new LlmMemoryException(
            ErrorIds.LogTooLarge,
            name,
            $"{Quoted.Value(name)} reports more than {maxFigures} figures for one start of an engine, so it is no engine's log. "
            + "Give the log of one server, such as ./vllm.log.");
    }

    /// <summary>A log reports nothing that is known.</summary>
    public static LlmMemoryException WithoutFigures(string name)
    {
        return new LlmMemoryException(
            ErrorIds.LogWithoutFigures,
            name,
            $"{Quoted.Value(name)} says nothing of memory that is known. Give what vLLM, SGLang, llama.cpp or Ollama write when they load "
            + "a model, such as the line 'Model loading took 14.99 GiB'; llama-server needs -v or -lv 4 to print its buffers.");
    }

    /// <summary>A log is of several engines.</summary>
    public static LlmMemoryException OfSeveralEngines(string name, IEnumerable<string> engines)
    {
        return new LlmMemoryException(
            ErrorIds.LogOfSeveralEngines,
            name,
            $"{Quoted.Value(name)} has figures of {string.Join(" and ", engines)}. Give the log of one engine at a time, such as ./vllm.log.");
    }
}
