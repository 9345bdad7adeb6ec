using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Errors;

namespace LlmMemory.Commands;

/// <summary>Turns paths of models as PowerShell has them into paths of the file system.</summary>
internal static class ModelPaths
{
    /// <summary>Resolves paths with wildcards; one that is not there is an error of its own.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet command, IEnumerable<string> paths)
    {
        return new FileSystemPaths(command, NotFound).Resolve(paths);
    }

    /// <summary>Resolves paths without wildcards.</summary>
    public static IEnumerable<string> ResolveLiteral(PSCmdlet command, IEnumerable<string> paths)
    {
        return new FileSystemPaths(command, NotFound).ResolveLiteral(paths);
    }

    private static LlmMemoryException NotFound(string path, string problem, Exception? error)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileNotFound,
            path,
            $"'{path}' {problem}. Give the path of a model's file or folder, such as ./Llama-3.1-8B/config.json.",
            error);
    }
}
