using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using LlmMemory.Errors;

namespace LlmMemory.Commands;

/// <summary>Turns paths as PowerShell has them (drives, wildcards, providers) into paths of the file system.</summary>
internal static class ModelPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>Resolves paths with wildcards; one that is not there is an error of its own.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet command, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            foreach (var resolved in ResolveOne(command, path))
            {
                yield return resolved;
            }
        }
    }

    /// <summary>Resolves paths without wildcards.</summary>
    public static IEnumerable<string> ResolveLiteral(PSCmdlet command, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (ResolveLiteralOne(command, path) is { } resolved)
            {
                yield return resolved;
            }
        }
    }

    private static Collection<string> ResolveOne(PSCmdlet command, string path)
    {
        try
        {
            var resolved = command.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name == FileSystem)
            {
                return resolved;
            }

            command.WriteError(ErrorRecords.From(NoFile(path)));
        }
        catch (RuntimeException error) when (error is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
        {
            command.WriteError(ErrorRecords.From(NotFound(path, error)));
        }

        return [];
    }

    private static string? ResolveLiteralOne(PSCmdlet command, string path)
    {
        try
        {
            var resolved = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == FileSystem)
            {
                return resolved;
            }

            command.WriteError(ErrorRecords.From(NoFile(path)));
        }
        catch (RuntimeException error) when (error is DriveNotFoundException or ProviderNotFoundException)
        {
            command.WriteError(ErrorRecords.From(NotFound(path, error)));
        }

        return null;
    }

    private static LlmMemoryException NotFound(string path, RuntimeException error)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileNotFound,
            path,
            $"'{path}' is not there. Give the path of a model's file or folder, such as ./Llama-3.1-8B/config.json.",
            error);
    }

    private static LlmMemoryException NoFile(string path)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileNotFound,
            path,
            $"'{path}' is no path of the file system. Give a model's file or folder, such as ./Llama-3.1-8B/config.json.");
    }
}
