using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using LlmMemory.Errors;

namespace LlmMemory.Commands;

/// <summary>Turns paths as PowerShell has them (drives, wildcards, providers) into paths of the file system.</summary>
internal sealed class FileSystemPaths
{
    private const string FileSystem = "FileSystem";

    private readonly PSCmdlet _command;
    private readonly Func<string, string, Exception?, LlmMemoryException> _error;

    /// <summary>Takes the command that errors are written by.</summary>
    /// <param name="command">The command.</param>
    /// <param name="error">Makes the error of a path from the path, what is wrong with it, and what PowerShell said.</param>
    public FileSystemPaths(PSCmdlet command, Func<string, string, Exception?, LlmMemoryException> error)
    {
        _command = command;
        _error = error;
    }

    /// <summary>Resolves paths with wildcards; one that is not there is an error of its own.</summary>
    public IEnumerable<string> Resolve(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            foreach (var resolved in ResolveOne(path))
            {
                yield return resolved;
            }
        }
    }

    /// <summary>Resolves paths without wildcards.</summary>
    public IEnumerable<string> ResolveLiteral(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (ResolveLiteralOne(path) is { } resolved)
            {
                yield return resolved;
            }
        }
    }

    private Collection<string> ResolveOne(string path)
    {
        try
        {
            var resolved = _command.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name == FileSystem)
            {
                return resolved;
            }

            WriteNoFile(path);
        }
        catch (RuntimeException error) when (error is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
        {
            WriteNotFound(path, error);
        }

        return [];
    }

    private string? ResolveLiteralOne(string path)
    {
        try
        {
            var resolved = _command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == FileSystem)
            {
                return resolved;
            }

            WriteNoFile(path);
        }
        catch (RuntimeException error) when (error is DriveNotFoundException or ProviderNotFoundException)
        {
            WriteNotFound(path, error);
        }

        return null;
    }

    private void WriteNotFound(string path, Exception error)
    {
        _command.WriteError(ErrorRecords.From(_error(path, "is not there", error)));
    }

    private void WriteNoFile(string path)
    {
        _command.WriteError(ErrorRecords.From(_error(path, "is no path of the file system", null)));
    }
}
