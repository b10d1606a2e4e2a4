module example.com/hello-omniview

go 1.25
