using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// What others can name in an assembly: one line per type and per member, without what the compiler adds to records.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => string.Concat(assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Lines(type).Order(StringComparer.Ordinal).Prepend(Header(type)))
        .Select(line => line + "\n"));

    private static string Header(Type type)
    {
        var bases = new[] { type.BaseType }.Where(
            one => one is not null && one != typeof(object) && one != typeof(ValueType) && one != typeof(Enum))
            .Concat(
                (type.IsEnum ? [] : type.GetInterfaces()).Where(one =>
                    one.IsPublic && !(one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>))))
            .Select(one => Name(one!))
            .Order(StringComparer.Ordinal)
            .ToList();
        var modifier = type switch
        {
            { IsInterface: true } or { IsEnum: true } or { IsValueType: true } => "",
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return $"{modifier}{kind} " +
            $"{type.Namespace}.{Name(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(
                field => $"    {field.Name} = " +
                    $"{Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not Type)
            .Select(Line)
            .OfType<string>()
            .Select(line => "    " + line);
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } one when IsVisible(one) => $"new({Parameters(one)})",
        MethodInfo { IsSpecialName: false } one when IsVisible(one) =>
            $"{Modifier(one)}{Name(one.ReturnType)} {one.Name}{Generic(one)}({Parameters(one)})",
        MethodInfo { IsSpecialName: true, IsStatic: true } one when IsVisible(one)
            && one.Name.StartsWith("op_", StringComparison.Ordinal) =>
                $"static {Name(one.ReturnType)} {one.Name}({Parameters(one)})",
        PropertyInfo one when one.GetAccessors(nonPublic: true).Any(IsVisible) =>
            $"{Modifier(one.GetAccessors(true)[0])}{Name(one.PropertyType)} {one.Name} {{ {Accessors(one)} }}",
        FieldInfo { IsLiteral: true } one when IsVisible(one) =>
            $"const {Name(one.FieldType)} {one.Name} = {one.GetRawConstantValue()}",
        FieldInfo one when IsVisible(one) =>
            $"{(one.IsStatic ? "static " : "")}{(one.IsInitOnly ? "readonly " : "")}{Name(one.FieldType)} {one.Name}",
        EventInfo one when IsVisible(one.AddMethod!) => $"event {Name(one.EventHandlerType!)} {one.Name}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get;" : "";
        var set = property.SetMethod is { } setter && IsVisible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"
            : "";
        return $"{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}{get} {set}".Trim();
    }

    private static string Modifier(MethodBase method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true, DeclaringType.IsInterface: false } => "abstract ",
        MethodInfo { IsVirtual: true } one when one.GetBaseDefinition() != one => "override ",
        { IsVirtual: true, IsFinal: false, DeclaringType.IsInterface: false } => "virtual ",
        _ => "",
    } is var modifier && method.IsPublic ? modifier : "protected " + modifier;

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ", method.GetParameters().Select(one => $"{Name(one.ParameterType)} " +
            $"{one.Name}{(one.IsOptional ? " = …" : "")}"));

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type type)
    {
        if (type.HasElementType)
        {
            var element = Name(type.GetElementType()!);
            return type.IsArray ? $"{element}[]" : type.IsByRef ? $"ref {element}" : $"{element}*";
        }

        var nesting = type is { IsNested: true, IsGenericParameter: false } ? Name(type.DeclaringType!) + "." : "";
        var name = nesting + type.Name.Split('`')[0];
        return type.IsGenericType && type.Name.Contains('`', StringComparison.Ordinal)
            ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;
}
